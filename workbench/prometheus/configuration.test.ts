import { parse } from 'yaml';

import { prometheusArguments, prometheusConfig } from './configuration';
import { abilitiesOf, parseVersion } from './version';

const OPTIONS = { host: '127.0.0.1', port: 9, configFile: '/d/p.yml', storageDir: '/d/tsdb', retention: '2d' };

describe('parseVersion', () => {
  it.each([
    ['prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5)', { major: 2, minor: 42 }],
    ['prometheus, version 3.10.1 (branch: HEAD)', { major: 3, minor: 10 }],
    ['something else', undefined],
  ])('%s', (text, version) => {
    expect(parseVersion(text)).toEqual(version);
  });
});

describe('what each version is started with', () => {
  const FLAG = '--web.enable-remote-write-receiver';
  it.each([
    // Ubuntu 22.04
    [2, 31, ['--enable-feature=remote-write-receiver,exemplar-storage'], { exemplars: { max_exemplars: 100000 } }],
    [2, 37, [FLAG, '--enable-feature=exemplar-storage'], { exemplars: { max_exemplars: 100000 } }],
    // Debian 12
    [
      2,
      42,
      [FLAG, '--enable-feature=exemplar-storage,native-histograms'],
      { exemplars: { max_exemplars: 100000 }, tsdb: { out_of_order_time_window: '2h' } },
    ],
    [
      3,
      9,
      [FLAG, '--enable-feature=exemplar-storage'],
      { exemplars: { max_exemplars: 100000 }, tsdb: { out_of_order_time_window: '2h' } },
    ],
  ])('%d.%d', (major, minor, flags, storage) => {
    const abilities = abilitiesOf({ major, minor });
    expect(prometheusArguments(OPTIONS, abilities)).toEqual([
      '--config.file=/d/p.yml',
      '--storage.tsdb.path=/d/tsdb',
      '--storage.tsdb.retention.time=2d',
      '--web.listen-address=127.0.0.1:9',
      ...flags,
      '--log.level=warn',
    ]);
    expect(parse(prometheusConfig(abilities))).toEqual({ global: { scrape_interval: '15s' }, storage });
  });

  it('knows that 2.24 cannot receive', () => {
    expect(abilitiesOf({ major: 2, minor: 24 }).remoteWriteReceiver).toBe('none');
  });
});
