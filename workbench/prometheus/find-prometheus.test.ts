import { findPrometheus, type Machine } from './find-prometheus';

function machine(options: Partial<Machine> & { programs?: string[] }): Machine {
  const { programs = [], ...rest } = options;
  return {
    env: { PATH: '/bin' },
    isRoot: false,
    isExecutable: async (path) => programs.includes(path),
    succeeds: async () => false,
    hasAptLists: async () => true,
    ...rest,
  };
}

it.each([
  [
    'PROMETHEUS_URL',
    machine({ env: { PROMETHEUS_URL: 'http://metrics:9090/' } }),
    { kind: 'url', url: 'http://metrics:9090' },
  ],
  [
    'PROMETHEUS_BIN',
    machine({ env: { PROMETHEUS_BIN: '/opt/prom' }, programs: ['/opt/prom', '/bin/prometheus'] }),
    { kind: 'binary', path: '/opt/prom' },
  ],
  ['the PATH', machine({ programs: ['/bin/prometheus'] }), { kind: 'binary', path: '/bin/prometheus' }],
  [
    'Homebrew',
    machine({ programs: ['/opt/homebrew/bin/prometheus'] }),
    { kind: 'binary', path: '/opt/homebrew/bin/prometheus' },
  ],
])('finds it by %s', async (_, where, expected) => {
  expect(await findPrometheus(where)).toEqual(expected);
});

const INSTALL = ['install', '-y', '--no-install-recommends', 'prometheus'];
const APT = '/usr/bin/apt-get';

it.each([
  ['root', machine({ isRoot: true, programs: [APT] }), [{ program: APT, args: INSTALL }]],
  [
    'root without package lists',
    machine({ isRoot: true, programs: [APT], hasAptLists: async () => false }),
    [
      { program: APT, args: ['update'] },
      { program: APT, args: INSTALL },
    ],
  ],
  [
    'sudo without a password',
    machine({ programs: [APT, '/usr/bin/sudo'], succeeds: async () => true }),
    [{ program: '/usr/bin/sudo', args: ['-n', 'DEBIAN_FRONTEND=noninteractive', APT, ...INSTALL] }],
  ],
])('would install with apt-get as %s', async (_, where, commands) => {
  expect(await findPrometheus(where)).toEqual({ kind: 'installable', manager: 'apt-get', commands });
});

it('would install with Homebrew', async () => {
  expect(await findPrometheus(machine({ programs: ['/usr/local/bin/brew'] }))).toMatchObject({ manager: 'brew' });
});

it.each([
  ['nothing can install it', machine({}), 'sudo apt-get install prometheus'],
  ['sudo would ask', machine({ programs: [APT, '/usr/bin/sudo'] }), 'Prometheus is not installed'],
  ['PROMETHEUS_BIN is no program', machine({ env: { PROMETHEUS_BIN: '/nowhere' } }), 'PROMETHEUS_BIN is /nowhere'],
  ['PROMETHEUS_URL is no address', machine({ env: { PROMETHEUS_URL: 'metrics' } }), 'PROMETHEUS_URL is "metrics"'],
])('says in one line what to do when %s', async (_, where, advice) => {
  const found = await findPrometheus(where);
  expect(found).toMatchObject({ kind: 'missing', advice: expect.stringContaining(advice) });
  expect(found.kind === 'missing' && found.advice).not.toContain('\n');
});
