import { EventStoreUnavailable } from '../../../src/application/ports/event-store';
import { DatabaseUnavailable } from '../../../src/infrastructure/postgres/database-unavailable';
import { createMetrics } from '../../../src/infrastructure/telemetry/metrics';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

const looked = /^tichet_(projection_behind|parked_keys|effects_retrying)\b/gm;

describe('the numbers, while the stores cannot be asked', () => {
  it('are those that the process has counted itself; what it would have to look up is left out and not 0', async () => {
    const ports = createTestPorts();
    const metrics = createMetrics();
    metrics.watchReading(ports);
    metrics.request('GET', '/health/live', 200, 0.01);
    const before = await metrics.text();
    expect(new Set(before.match(looked))).toEqual(new Set(['tichet_projection_behind', 'tichet_parked_keys', 'tichet_effects_retrying']));

    const { end } = ports.store;
    const { parked } = ports.readModels;
    const { list } = ports.operations.attempts;
    ports.store.end = () => Promise.reject(new EventStoreUnavailable('away'));
    ports.readModels.parked = () => Promise.reject(new DatabaseUnavailable('57P01'));
    Object.assign(ports.operations.attempts, { list: () => Promise.reject(new DatabaseUnavailable('57P01')) });
    const meanwhile = await metrics.text();
    expect(meanwhile).toContain('tichet_http_request_seconds_count{');
    expect(meanwhile.match(looked)).toBeNull();

    Object.assign(ports.store, { end });
    Object.assign(ports.readModels, { parked });
    Object.assign(ports.operations.attempts, { list });
    expect((await metrics.text()).match(looked)).toEqual(before.match(looked));
  });

  it('still fail for a bug', async () => {
    const ports = createTestPorts();
    const metrics = createMetrics();
    metrics.watchReading(ports);
    ports.store.end = () => Promise.reject(new TypeError('bug'));
    await expect(metrics.text()).rejects.toThrow('bug');
  });
});
