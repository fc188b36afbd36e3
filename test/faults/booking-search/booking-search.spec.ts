import { brokenProtocols } from './broken-protocols';
import { largerScenarios, scenarios } from './scenarios';
import { theProtocol } from './protocol';
import { search } from './search';

const full = process.env['FAULTS'] === 'full';
const mostStates = full ? 2_000_000 : 8_000;
const worlds = [...Object.values(scenarios), ...(full ? Object.values(largerScenarios) : [])];

describe('the booking protocol, searched state by state', () => {
  it.each(worlds)('$name: nothing to find', (scenario) => {
    const { finding, states } = search(scenario, theProtocol, mostStates);
    expect(finding).toBeUndefined();
    expect(states).toBeGreaterThan(20);
  });

  it.each(brokenProtocols)('$name: found', ({ scenario, protocol }) => {
    expect(search(scenario, protocol, 300_000).finding).toBeDefined();
  });
});
