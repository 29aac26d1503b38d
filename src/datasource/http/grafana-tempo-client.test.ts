import { NEVER } from 'rxjs';
import { createGrafanaTempoClient } from './grafana-tempo-client';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  getBackendSrv: () => ({ fetch: () => NEVER }),
}));

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

it.each([
  ['as long as the setting "Timeout" says', { timeout: 45 }, 45],
  ['as long as a provisioning file says in text', { timeout: '45' }, 45],
  ['five minutes without a setting', {}, 300],
  ['five minutes when the setting cannot be read', { timeout: 'soon' }, 300],
])('waits for Tempo %s', async (_name, jsonData, seconds) => {
  const failure = jest.fn();
  createGrafanaTempoClient({ url: '/tempo', jsonData }).search({ query: '{ }' }).catch(failure);
  await jest.advanceTimersByTimeAsync(seconds * 1000 - 1);
  expect(failure).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  expect(failure).toHaveBeenCalledWith(
    expect.objectContaining({ message: expect.stringContaining(`within ${seconds} s`) })
  );
});
