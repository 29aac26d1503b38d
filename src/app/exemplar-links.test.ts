import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import { firstValueFrom, of } from 'rxjs';
import { exemplarTraceLinks } from './exemplar-links';

function exemplars(label: string): DataFrame {
  return createDataFrame({
    name: 'exemplar',
    fields: [
      { name: 'Time', type: FieldType.time, values: [1] },
      { name: 'Value', type: FieldType.number, values: [0.5] },
      {
        name: label,
        type: FieldType.string,
        values: ['abc'],
        config: { links: [{ title: 'Query with Tempo', url: '' }] },
      },
      { name: 'service', type: FieldType.string, values: ['frontend'] },
    ],
  });
}

async function transform(frame: DataFrame): Promise<DataFrame> {
  const { operator } = exemplarTraceLinks('Open trace');
  const [result] = await firstValueFrom(operator({ interpolate: (text: string) => text })(of([frame])));
  return result;
}

describe('exemplarTraceLinks', () => {
  it.each(['traceID', 'trace_id', 'traceId'])('opens the trace from an exemplar labelled %s', async (label) => {
    const field = (await transform(exemplars(label))).fields[2];
    expect(field.config.links?.[0]).toMatchObject({
      title: 'Open trace',
      url: expect.stringContaining('/a/traceatlas-tempo-app/trace/${__value.raw}?from=${__from}'),
    });
  });

  it('keeps the links that the data source was set up with, after ours', async () => {
    const links = (await transform(exemplars('traceID'))).fields[2].config.links;
    expect(links?.map(({ title }) => title)).toEqual(['Open trace', 'Query with Tempo']);
  });

  it('leaves other labels alone', async () => {
    expect((await transform(exemplars('traceID'))).fields[3].config.links).toBeUndefined();
  });
});
