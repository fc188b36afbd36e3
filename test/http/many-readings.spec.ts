import { bookingToken, inPerson, startSeeded } from './support/service';

/** As many as a page with many parts, or a program, asks for at once. */
const atOnce = 20;

it('answers to one official at once are written beside each other: none waits for another, and none is decided again', async () => {
  // each test counts its ids from the start: an application of another test would remember the streams of its reader under the same ids
  const service = await startSeeded({}, { own: true });
  const { ports, call, token } = service;
  const { body } = await call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  const staff = await token('staff', 's002');

  const append = ports.store.append.bind(ports.store);
  let [letGo, held] = [(): void => undefined, 0];
  const allHaveCome = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const answered: string[] = [];
  const streams: string[] = [];
  ports.store.append = async (stream, expected, envelopes) => {
    if (!stream.startsWith('reading-')) return append(stream, expected, envelopes);
    held += 1;
    // all have read what stands in their stream before the first of them writes
    if (held === atOnce) letGo();
    await allHaveCome;
    const appended = await append(stream, expected, envelopes);
    answered.push(appended.kind);
    streams.push(stream);
    return appended;
  };
  const look = async (): Promise<number> => (await call('GET', `/api/v1/tickets/${body.ticketId}`, { token: staff })).status;
  const all = await Promise.all(Array.from({ length: atOnce }, look));
  expect(all).toEqual(all.map(() => 200));
  expect(answered).toEqual(all.map(() => 'appended'));

  // one after the other they go on in the same streams
  expect(await look()).toBe(200);
  expect(streams.slice(0, atOnce)).toContain(streams[atOnce]);
  await service.close();
});
