import { DatabaseUnavailable } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { createMetrics } from '../../../src/infrastructure/telemetry/metrics';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

const looked = /^tichet_(projection_behind|parked_keys|effects_retrying)\b/gm;

describe('the numbers, while the stores cannot be asked', () => {
  it('are those that the process has counted itself; what it would have to look up is left out and not 0', async () => {
    const ports = createTestPorts();
    const metrics = createMetrics();
    metrics.watchReading({ ...ports, tables: ['staff-calendar', 'own'], processes: [] });
    metrics.request('GET', '/health/live', 200, 0.01);
    const before = await metrics.text();
    expect(new Set(before.match(looked))).toEqual(new Set(['tichet_projection_behind', 'tichet_parked_keys', 'tichet_effects_retrying']));

    const away = { now: true };
    const sometimes = async <T>(ask: () => Promise<T>): Promise<T> => {
      if (away.now) throw new DatabaseUnavailable('57P01');
      return ask();
    };
    const end = ports.store.end.bind(ports.store);
    const parked = ports.readModels.parked.bind(ports.readModels);
    const unfinished = ports.operations.attempts.unfinished.bind(ports.operations.attempts);
    ports.store.end = () => sometimes(end);
    ports.readModels.parked = () => sometimes(parked);
    Object.assign(ports.operations.attempts, { unfinished: () => sometimes(unfinished) });
    const meanwhile = await metrics.text();
    expect(meanwhile).toContain('tichet_http_request_seconds_count{');
    expect(meanwhile.match(looked)).toBeNull();

    away.now = false;
    expect((await metrics.text()).match(looked)).toEqual(before.match(looked));
  });

  it('still fail for a bug', async () => {
    const ports = createTestPorts();
    const metrics = createMetrics();
    metrics.watchReading({ ...ports, tables: ['staff-calendar', 'own'], processes: [] });
    ports.store.end = () => Promise.reject(new TypeError('bug'));
    await expect(metrics.text()).rejects.toThrow('bug');
  });
});
