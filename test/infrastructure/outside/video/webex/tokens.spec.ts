import { createWebexWorld, type WebexWorld } from '../../../../support/webex/webex-world';
import { slot } from '../../../../application/kernel/processes/world';
import { closing } from '../../../../support/closing';
import { shortPauses } from '../../../../support/short-pauses';

shortPauses();

const wanted = (ticketId: string) => ({
  ticketId,
  reference: 'TA-1',
  slot,
  host: { email: 'ioana@primaria.example' },
  before: [],
});
const kept = (world: WebexWorld) => world.ports.operations.keyValues.get('webex-tokens');

describe('tokens for Webex', () => {
  it('are asked for once, kept sealed, and used by every process', async () => {
    const world = await createWebexWorld();
    const [one, other] = [world.open(), world.open()];
    await one.meetings.create(wanted('t-1'));
    await other.meetings.create(wanted('t-2'));
    expect(world.webex.times('renew-token')).toBe(1);
    const sealed = Buffer.from((await kept(world)) ?? '', 'base64').toString('latin1');
    expect(sealed).not.toMatch(/access|refresh/);
    expect(sealed.length).toBeGreaterThan(50);
    await Promise.all([one.close(), other.close()]);
  });

  it('that end, or are not taken any more, are renewed with the newest refresh token', async () => {
    const world = await createWebexWorld();
    const webex = closing(world.open());
    await webex.meetings.create(wanted('t-1'));
    world.clock.advance({ days: 14 });
    await webex.meetings.create(wanted('t-2'));
    expect(world.webex.times('renew-token')).toBe(2);
    world.webex.state.accessTokens.clear();
    await webex.meetings.create(wanted('t-3'));
    expect(world.webex.times('renew-token')).toBe(3);
    expect(world.meetings()).toHaveLength(3);
  });

  it('are renewed once by however many calls at a time', async () => {
    const world = await createWebexWorld();
    const webex = closing(world.open());
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => webex.meetings.create(wanted(id))));
    expect(world.webex.times('renew-token')).toBe(1);
  });

  it('renewed by two processes at the same moment are good in both: who loses the race takes what the other got', async () => {
    const world = await createWebexWorld();
    const [one, other] = [world.open(), world.open()];
    await Promise.all([one.meetings.create(wanted('t-1')), other.meetings.create(wanted('t-2'))]);
    expect(world.meetings()).toHaveLength(2);
    expect(world.webex.state.accessTokens.size).toBe(1);
    await Promise.all([one.close(), other.close()]);
  });

  it('lost between the answer and the keeping are got again while Webex still takes the old one', async () => {
    const world = await createWebexWorld();
    world.webex.state.grace = true;
    world.webex.next('renew-token', { kind: 'cut-after' });
    const webex = closing(world.open());
    await expect(webex.meetings.create(wanted('t-1'))).rejects.toMatchObject({ name: 'PeerSilent' });
    expect(await webex.meetings.create(wanted('t-1'))).toMatchObject({ meetingId: expect.any(String) });
  });

  it('lost for good ask for an administrator; another first token heals without a restart', async () => {
    const world = await createWebexWorld();
    world.webex.next('renew-token', { kind: 'cut-after' });
    const webex = closing(world.open());
    await expect(webex.meetings.create(wanted('t-1'))).rejects.toMatchObject({ name: 'PeerSilent' });
    await expect(webex.meetings.create(wanted('t-1'))).rejects.toMatchObject({ name: 'WebexNotAuthorised' });
    expect(world.logger.lines.map(({ event }) => event)).toContain('webex.not-authorised');
    world.webex.state.refreshTokens.add('second-token');
    world.firstToken.text = 'second-token';
    expect(await webex.meetings.create(wanted('t-1'))).toMatchObject({ meetingId: expect.any(String) });
    expect(JSON.stringify(world.logger.lines)).not.toMatch(/first-token|second-token|refresh-|access-|client-secret/);
  });

  it('that nobody takes leave the tickets to people', async () => {
    const world = await createWebexWorld();
    world.webex.state.refreshTokens.clear();
    const ticketId = await world.book();
    await world.drain();
    for (let n = 0; n < 6; n += 1) await world.later({ minutes: 11 });
    expect(await world.openTasks(ticketId)).toEqual(['create-meeting']);
  });
});
