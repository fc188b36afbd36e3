import { openWorld } from '../kernel/processes/world';

describe('A24: the hour that is taken under an address', () => {
  it('is held under a name that ends with the ticket, by which it is freed where the log has lost that ticket', async () => {
    const world = await openWorld();
    const { places } = world.ports.operations;
    const claim = places.claim.bind(places);
    const holders: string[] = [];
    places.claim = (tag, holder, limit) => {
      holders.push(holder);
      return claim(tag, holder, limit);
    };
    const ticketId = await world.book();
    const ofHours = holders.filter((holder) => holder.startsWith('hour/'));
    expect(ofHours.length).toBeGreaterThan(0);
    for (const holder of ofHours) expect(holder.slice(holder.lastIndexOf('/') + 1)).toBe(ticketId);
  });
});
