import { type DataFrame, type DataLink, DataLinkConfigOrigin } from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
import { type TraceToProfilesOptions } from '../types';

interface ProfilesQuery extends DataQuery {
  labelSelector: string;
  groupBy: string[];
  profileTypeId: string;
  spanSelector: string[];
}

/** The link that Grafana's trace view shows on spans with a profile; the frame itself when the settings have none. */
export function withProfilesLink(
  frame: DataFrame,
  options: TraceToProfilesOptions | undefined,
  nameOf: (uid: string) => string | undefined
): DataFrame {
  const name = options?.datasourceUid ? nameOf(options.datasourceUid) : undefined;
  if (!options?.datasourceUid || !options.profileTypeId || name === undefined) {
    return frame;
  }
  const link: DataLink<ProfilesQuery> = {
    title: 'Related profiles',
    origin: DataLinkConfigOrigin.Datasource,
    url: '',
    internal: {
      datasourceUid: options.datasourceUid,
      datasourceName: name,
      query: {
        refId: 'profile',
        queryType: 'profile',
        labelSelector: options.customQuery && options.query ? options.query : '{${__tags}}',
        groupBy: [],
        profileTypeId: options.profileTypeId,
        spanSelector: ['${__span.tags["pyroscope.profile.id"]}'],
      },
    },
  };
  return {
    ...frame,
    fields: frame.fields.map((field) =>
      field.name === 'tags'
        ? { ...field, config: { ...field.config, links: [...(field.config.links ?? []), link] } }
        : field
    ),
  };
}
