import { createHmac } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { roles, type Role } from '../../../src/application/kernel/access';
import { never } from '../../../src/application/kernel/processes/process';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { createMemoryCheckpointStore } from '@tichet-albastru/signed-log';
import { createWebhookHints } from '../../../src/infrastructure/outside/video/webex/webhook-hints';
import { sealKey, sealNow } from '../../support/sealed-tickets';
import { startService, type Service } from '../support/service';
import type { Operation } from './document';

const bounceSecret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const webexSecret = 'of-webex';

/** Whoever asks, by a name that says no secret. */
export type Asker = { readonly name: string; readonly role?: Role; readonly staffId?: string; readonly bearer?: string };
export const nobody: Asker = { name: 'nobody' };
export const official = (role: Role, staffId?: string): Asker => ({
  name: staffId === undefined ? role : `${role} ${staffId}`,
  role,
  ...(staffId === undefined ? {} : { staffId }),
});

/** Half a character has no place in an address. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

/** One request, whole. */
export type Asked = {
  readonly operation: Operation;
  readonly asker: Asker;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
  /** how it was made: as it should be, or what is odd about it */
  readonly how: string;
};
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly contentType: string;
  readonly text: string;
  /** of a JSON answer; empty of any other */
  readonly said: Readonly<Record<string, unknown>>;
};

/** What earlier answers contained, by the parameter that it stands for; the newest last. */
export type Pool = Record<string, string[]>;

const silent = {
  targets: [{ name: 'statistics', fromBeginning: false, wants: () => false }],
  deliver: () => Promise.reject(new Error('not asked')),
};
const givenUp = JSON.stringify({
  position: '00000000000000000001',
  failing: { since: '2026-03-01T08:00:00.000Z', attempts: 29, nextAt: '2026-03-02T09:00:00.000Z', reason: '503' },
  disabledAt: '2026-03-02T08:00:00.000Z',
});

export type World = {
  readonly service: Service;
  readonly pool: Pool;
  readonly bearers: Asker[];
  readonly addressOf: (asked: Asked) => string;
  readonly ask: (asked: Asked) => Promise<Answer>;
  /** seals the log, so that tickets can be proved */
  readonly seal: () => Promise<void>;
  readonly park: () => Promise<void>;
  readonly giveUpWebhook: () => Promise<void>;
  /** @returns the id of a letter that is tried no more by itself */
  readonly giveUpLetter: () => Promise<string>;
};

/** The service in memory, with every door open that the document names. Time stands still until somebody moves it. */
export const startWorld = async (): Promise<World> => {
  const checkpoints = createMemoryCheckpointStore();
  const service = await startService(
    { webhooks: silent, signedLog: createCurrentSignedLog({ checkpoints, verifier: sealKey, counts: true }) },
    {
      opened: {
        bounceSecrets: [bounceSecret],
        webexHints: createWebhookHints(webexSecret),
        calendarDoor: { hosts: ['https://calendar.primaria.example'], networks: [] },
      },
    },
  );
  const { ports, app } = service;
  const pool: Pool = {};
  let asking = 0;

  const signed = ({ operation, payload = '', headers }: Asked): Record<string, string> => {
    const at = new Date();
    if (operation.name === 'POST /webhooks/webex') {
      return { 'x-spark-signature': createHmac('sha1', webexSecret).update(payload).digest('hex') };
    }
    if (operation.name !== 'POST /webhooks/bounces' || 'webhook-signature' in headers) return {};
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(bounceSecret).sign('msg_1', at, payload),
    };
  };
  const authorized = async ({ role, staffId, bearer }: Asker): Promise<Record<string, string>> => {
    const token = role === undefined ? bearer : await service.token(role, staffId);
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  };
  const addressOf = ({ operation, path, query }: Asked): string => {
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '');
    const asked = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(value))}`).join('&');
    return asked === '' ? filled : `${filled}?${asked}`;
  };

  return {
    service,
    pool,
    bearers: [nobody, { name: 'somebody with a token of nobody', bearer: 'a.b.c' }],
    addressOf,
    ask: async (asked) => {
      asking += 1;
      const request: InjectOptions = {
        method: asked.operation.method,
        url: addressOf(asked),
        // whoever asks, asks from an address of their own: how often one may ask is not what is looked for here
        remoteAddress: `10.${(asking >> 16) & 255}.${(asking >> 8) & 255}.${asking & 255}`,
        headers: { ...(await authorized(asked.asker)), ...signed(asked), ...asked.headers },
        ...(asked.payload === undefined ? {} : { payload: asked.payload }),
      };
      if (asked.operation.name === 'GET /calendar/live') {
        // it has no end: where it begins, its head is looked at
        const { statusCode: status, headers, ...live } = await app.inject({ ...request, payloadAsStream: true });
        if (status === 200) {
          live.stream().destroy();
          return { status, headers, contentType: String(headers['content-type'] ?? ''), text: '', said: {} };
        }
        let text = '';
        for await (const chunk of live.stream()) text += String(chunk);
        return { status, headers, contentType: String(headers['content-type'] ?? ''), text, said: JSON.parse(text) as Answer['said'] };
      }
      const { statusCode: status, headers, body: text } = await app.inject(request);
      const contentType = String(headers['content-type'] ?? '');
      const isJson = /^application\/(?:problem\+)?json/.test(contentType) && text !== '';
      return { status, headers, contentType, text, said: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
    },
    seal: async () => {
      await sealNow(ports.store, checkpoints);
    },
    park: async () => {
      await service.settled();
      const table = 'staff-directory';
      const build = (await ports.rows.builds()).find(({ projection }) => projection === table);
      if (build === undefined) return;
      for await (const event of ports.store.readAll()) {
        const parks = [{ table, key: 'oprit', event, error: 'TypeError: Cannot read it', parkedAt: ports.clock.now() }];
        await ports.rows.commit([{ build, expected: build.checkpoint, next: build.checkpoint, writes: [], parks, unparks: [] }]);
        break;
      }
      (pool['parked'] ??= []).push(...(await ports.readModels.parked()).map(({ id }) => id));
    },
    giveUpWebhook: () => ports.operations.keyValues.put('webhook:statistics', givenUp),
    giveUpLetter: async () => {
      const { attempts } = ports.operations;
      const letterId = ports.identifiers.next();
      const effectId = `process-code-letters:${ports.identifiers.next()}:${letterId}:x`;
      await attempts.begin(effectId, ports.clock.now());
      await attempts.failed(effectId, never, 'given-up');
      return letterId;
    },
  };
};

/** An official of each role: of these, if it is one of somebody. */
export const officialsOf = (head: string, executive: string): readonly Asker[] =>
  roles.map((role) => official(role, role === 'head' ? head : role === 'staff' ? executive : undefined));
