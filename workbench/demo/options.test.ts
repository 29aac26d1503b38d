import { DEFAULT_PORTS, HELP, parseOptions, PORT_OPTIONS } from './options';

test('without options: the usual ports, with load', () => {
  expect(parseOptions([])).toEqual({
    ports: DEFAULT_PORTS,
    load: true,
    check: false,
    grafana: false,
    broken: false,
    help: false,
  });
});

test('reads every option', () => {
  const args = ['--port', '4000', '--tempo-port=4001', '--otlp-port', '4002', '--prometheus-port', '4003'];
  expect(parseOptions([...args, '--load-port', '4004', '--no-load', '--grafana', '--broken'])).toEqual({
    ports: { host: 4000, tempo: 4001, otlp: 4002, prometheus: 4003, load: 4004 },
    load: false,
    check: false,
    grafana: true,
    broken: true,
    help: false,
  });
});

test.each([
  [['--port', 'abc'], /--port must be a port number.*'abc'/],
  [['--tempo-port', '0'], /--tempo-port must be/],
  [['--load-port', '70000'], /--load-port must be/],
  [['--prot', '3000'], /--prot/],
  [['extra'], /extra/],
  [['--check', '--no-load'], /--no-load/],
  [['--check', '--broken'], /--broken/],
])('refuses %j', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});

test('the help names every option', () => {
  for (const option of [...Object.values(PORT_OPTIONS), '--no-load', '--grafana', '--broken', '--check', '--help']) {
    expect(HELP).toContain(option);
  }
});
