import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  type FieldConfigPropertyItem,
  FieldConfigProperty,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  type StandardEditorsRegistryItem,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  ThresholdsMode,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

type Process = FieldConfigPropertyItem['process'];

/** The host shows no option editors, so every editor is empty; what matters is how options are applied. */
const NoEditor = () => null;

const EDITOR_IDS = [
  'actions',
  'boolean',
  'color',
  'dashboard-uid',
  'field-name',
  'fieldColor',
  'layer-name',
  'links',
  'mappings',
  'multi-select',
  'nested',
  'number',
  'radio',
  'select',
  'slider',
  'stats-picker',
  'strings',
  'text',
  'thresholds',
  'timezone',
  'unit',
];

function fieldOption(
  id: FieldConfigProperty,
  path: string,
  process: Process,
  defaultValue?: unknown
): FieldConfigPropertyItem {
  return {
    id,
    path,
    name: id,
    process,
    defaultValue,
    editor: NoEditor,
    override: NoEditor,
    shouldApply: () => true,
    settings: {},
  };
}

/** The three registries that Grafana fills when it starts. */
export function fillRegistries(): void {
  standardFieldConfigEditorRegistry.setInit(() => [
    fieldOption(FieldConfigProperty.DisplayName, 'displayName', displayNameOverrideProcessor),
    fieldOption(FieldConfigProperty.Unit, 'unit', unitOverrideProcessor),
    fieldOption(FieldConfigProperty.Decimals, 'decimals', numberOverrideProcessor),
    fieldOption(FieldConfigProperty.Min, 'min', numberOverrideProcessor),
    fieldOption(FieldConfigProperty.Max, 'max', numberOverrideProcessor),
    fieldOption(FieldConfigProperty.NoValue, 'noValue', stringOverrideProcessor),
    fieldOption(FieldConfigProperty.Color, 'color', identityOverrideProcessor),
    fieldOption(FieldConfigProperty.Links, 'links', dataLinksOverrideProcessor, []),
    fieldOption(FieldConfigProperty.Mappings, 'mappings', valueMappingsOverrideProcessor, []),
    fieldOption(FieldConfigProperty.Filterable, 'filterable', booleanOverrideProcessor),
    fieldOption(FieldConfigProperty.Thresholds, 'thresholds', thresholdsOverrideProcessor, {
      mode: ThresholdsMode.Absolute,
      steps: [
        { value: -Infinity, color: 'green' },
        { value: 80, color: 'red' },
      ],
    }),
  ]);
  standardEditorsRegistry.setInit(() =>
    EDITOR_IDS.map((id): StandardEditorsRegistryItem => ({ id, name: id, editor: NoEditor }))
  );
  standardTransformersRegistry.setInit(() =>
    uniqueById(Object.values(standardTransformers)).map((transformation) => ({
      id: transformation.id,
      name: transformation.name,
      transformation: () => Promise.resolve(transformation),
      editor: NoEditor,
      imageDark: '',
      imageLight: '',
    }))
  );
}

/** Some transformers are listed under an old name as well. */
function uniqueById<T extends { id: string }>(items: T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
