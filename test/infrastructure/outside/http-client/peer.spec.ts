import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHttpClient, type HttpClient, type HttpOutcome } from '../../../../src/infrastructure/outside/http-client/http-client';
import { Unreachable } from '../../../../src/infrastructure/outside/http-client/unreachable';
import { retryAfterSeconds } from '../../../../src/infrastructure/outside/http-client/retry-after';
import { closing } from '../../../support/closing';
import { serveHttp } from '../../../support/http-server';
import { freePort } from '../../../support/free-port';
import { shortPauses } from '../../../support/short-pauses';

shortPauses();

type Behaviour = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

const patient = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
/** Of a peer that will say nothing more, however long one waits. */
const impatient = { connect: 200, headers: 200, body: 200, whole: 500 };
const peerThat = async (behave: Behaviour, limits = patient): Promise<{ peer: HttpClient; seen: string[]; outcomes: HttpOutcome[] }> => {
  const seen: string[] = [];
  const { url } = await serveHttp((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    behave(request, response, seen.length);
  });
  const outcomes: HttpOutcome[] = [];
  const watch = (_: string, __: string, outcome: HttpOutcome): unknown => outcomes.push(outcome);
  return { peer: closing(createHttpClient('city', `${url}/v1/`, { limits, mostBytes: 1000, watch })), seen, outcomes };
};

const reading = { operation: 'read', method: 'GET', path: '/thing', mayRepeat: true } as const;
const doing = { operation: 'make', method: 'POST', path: '/thing', body: '{}', mayRepeat: false } as const;

describe('a system outside', () => {
  it('answers: status, headers and body, whatever the status', async () => {
    const { peer, seen, outcomes } = await peerThat((_, response) => {
      response.writeHead(404, { 'X-Kind': 'none' }).end('nothing');
    });
    expect(await peer.ask({ ...reading, query: { a: 'ă b' } })).toMatchObject({
      status: 404,
      body: 'nothing',
      headers: { 'x-kind': 'none' },
    });
    expect(seen).toEqual(['GET /v1/thing?a=%C4%83+b']);
    expect(outcomes).toEqual(['4xx']);
  });

  it('is asked again when a question may be repeated, three times in all', async () => {
    const { peer, seen, outcomes } = await peerThat((request, response, nth) => {
      if (nth === 1) request.socket.destroy();
      else response.writeHead(nth === 2 ? 503 : 200).end('now');
    });
    expect(await peer.ask(reading)).toMatchObject({ status: 200, body: 'now' });
    expect(seen).toHaveLength(3);
    expect(outcomes).toEqual(['no-answer', '5xx', '2xx']);
  });

  it('is asked once when what is asked must not happen twice', async () => {
    const { peer, seen } = await peerThat((request) => request.socket.destroy());
    await expect(peer.ask(doing)).rejects.toMatchObject({ name: 'PeerSilent', mayHaveHappened: true });
    expect(seen).toHaveLength(1);
  });

  it.each<[string, Behaviour, HttpOutcome]>([
    ['says nothing', () => undefined, 'no-answer'],
    ['stops in the middle of its answer', (_, response) => response.writeHead(200, { 'content-length': '100' }).write('half'), 'no-answer'],
    [
      'trickles without end',
      (_, response) => {
        response.writeHead(200);
        const more = setInterval(() => response.write('.'), 50);
        response.on('close', () => {
          clearInterval(more);
        });
      },
      'no-answer',
    ],
    ['answers without end', (_, response) => response.end('x'.repeat(2000)), 'no-answer'],
  ])('that %s may have done what was asked', async (_, behave, outcome) => {
    const { peer, outcomes } = await peerThat(behave, impatient);
    await expect(peer.ask(doing)).rejects.toMatchObject({ mayHaveHappened: true });
    expect(outcomes).toEqual([outcome]);
  });

  it('that is not there has certainly not seen the request', async () => {
    const peer = closing(createHttpClient('city', `http://127.0.0.1:${await freePort()}`, { limits: patient }));
    const said = await peer.ask(doing).catch((error: unknown) => error);
    expect(said).toBeInstanceOf(Unreachable);
    expect(said).toMatchObject({ mayHaveHappened: false, code: 'ECONNREFUSED', message: 'city has not answered to make: ECONNREFUSED.' });
  });

  it('is not followed elsewhere', async () => {
    const { peer, seen } = await peerThat((_, response) => response.writeHead(302, { location: '/other' }).end());
    expect(await peer.ask(reading)).toMatchObject({ status: 302 });
    expect(seen).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  const now = '2027-03-10T08:00:00.000Z';
  it.each([
    ['120', 120],
    ['Wed, 10 Mar 2027 08:01:30 GMT', 90],
    ['Wed, 10 Mar 2027 07:00:00 GMT', 0],
    ['999999999', 86_400],
    ['soon', undefined],
    ['', undefined],
  ])('%p is %p seconds', (text, seconds) => {
    expect(retryAfterSeconds({ 'retry-after': text }, now)).toBe(seconds);
  });
  it('left out says nothing', () => {
    expect(retryAfterSeconds({}, now)).toBeUndefined();
  });
});
