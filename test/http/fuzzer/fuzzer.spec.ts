import type { FastifyInstance } from 'fastify';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Coverage, fuzz, type Fuzzed } from './fuzz';

/** In each world; a world of its own for each seed, so that a seed alone repeats what was found. */
const requests = 2000;
const worlds = process.env['FAULTS'] === 'full' ? 20 : 1;
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 2026);

/** Operations that succeed in no request of the fuzzer, each with its reason: six at most. */
const withoutSuccess: Readonly<Record<string, string>> = {
  'POST /operations/reporting/{name}/fill': 'in memory nothing is reported',
  'POST /operations/reporting/{name}/retry': 'in memory nothing is reported',
  'POST /streams/{stream}/close': 'no stream of this log was damaged on a server',
  'POST /tickets/{id}/recording/deleted': 'no time is set here after which a recording may be deleted',
  'POST /tickets/{id}/resolution/send-again': 'no letter with a resolution has come back here',
  'GET /webhooks/text-messages/{id}/{proof}': 'no text message was sent here',
};

const told = ({ seed, findings }: Fuzzed): string =>
  findings.map(({ what, request, answer }) => `FUZZ_SEED=${seed}: ${what}\n  ${request}\n  ${answer}`).join('\n');
const neverDone = (coverage: ReadonlyMap<string, Coverage>): readonly string[] =>
  [...coverage].filter(([, { succeeded }]) => succeeded === 0).map(([name]) => name);

describe('whatever is asked, of any operation of openapi.json, by anybody', () => {
  const all = new Map<string, Coverage>();

  it.each(Array.from({ length: worlds }, (_, n) => [firstSeed + n]))(
    'is answered as the document says, never as an error of the service (FUZZ_SEED=%i)',
    async (seed) => {
      const fuzzed = await fuzz(seed, requests);
      for (const [name, { succeeded, refused }] of fuzzed.coverage) {
        const before = all.get(name) ?? { succeeded: 0, refused: {} };
        const statuses = Object.entries(refused).map(([status, count]) => [status, count + (before.refused[Number(status)] ?? 0)]);
        all.set(name, { succeeded: before.succeeded + succeeded, refused: { ...before.refused, ...Object.fromEntries(statuses) } });
      }
      expect(told(fuzzed)).toBe('');
      expect({ asked: fuzzed.asked >= requests, left: fuzzed.left }).toEqual({ asked: true, left: 0 });
    },
  );

  it('succeeds in every operation, but in those whose reason stands here', () => {
    expect(neverDone(all)).toEqual(Object.keys(withoutSuccess));
    expect(Object.keys(withoutSuccess).length).toBeLessThanOrEqual(6);
  });
});

describe('the fuzzer finds, within its short form', () => {
  /** What it finds in a service whose server was changed as it was made. */
  const foundIn = async (change: (server: FastifyInstance) => void): Promise<string> => {
    const broken = (message: unknown): void => {
      change((message as { readonly fastify: FastifyInstance }).fastify);
    };
    subscribe('fastify.initialization', broken);
    try {
      return told(await fuzz(firstSeed, requests, { untilFound: true }));
    } finally {
      unsubscribe('fastify.initialization', broken);
    }
  };

  it('an operation that fails for one input', async () => {
    const found = await foundIn((server) => {
      server.addHook('preHandler', (request, _, done) => {
        const body = request.body as { readonly week?: unknown } | undefined;
        done(request.routeOptions.url?.endsWith('/hours') === true && body?.week === null ? new Error('cannot read null') : undefined);
      });
    });
    expect(found).toMatch(/: 500\n {2}week is null: as .*: PUT .*\/hours /);
  });

  it('a member that no document declares', async () => {
    const found = await foundIn((server) => {
      server.addHook('preSerialization', (request, reply, payload, done) => {
        const isTold = request.routeOptions.url === '/api/v1/tasks' && reply.statusCode === 200;
        done(null, isTold && typeof payload === 'object' ? { ...payload, total: 1 } : payload);
      });
    });
    expect(found).toContain('GET /api/v1/tasks 200: data must NOT have additional properties');
  });

  it('a name where nobody has business with it', async () => {
    const found = await foundIn((server) => {
      server.addHook('onSend', (request, _, payload, done) => {
        done(null, request.routeOptions.url === '/metrics' ? 'applicant{name="Canarescu001"} 1' : payload);
      });
    });
    expect(found).toMatch(/nobody hears of Canarescu001\n.*GET \/metrics/);
  });
});
