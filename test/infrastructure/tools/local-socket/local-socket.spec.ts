import { createConnection, createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askLocalSocket,
  answerOf,
  requestLine,
  requestOf,
  type SocketRequest,
  serviceAnswers,
} from '../../../../src/infrastructure/tools/local-socket/socket';
import { closing, emptyFolder } from '../../../support/closing';
import { serveLocalSocket } from '../../../../src/infrastructure/tools/local-socket/local-socket';

const requests: readonly SocketRequest[] = [
  { command: 'import', what: 'staff', text: 'a,b\n"ș\n",2' },
  { command: 'forget-ticket', ticketId: 't', reason: 'r' },
  { command: 'restrict', ticketId: 't', ground: 'claims', reason: 'r' },
  { command: 'lift-restriction', ticketId: 't', personToldOn: '2026-02-10', reason: 'r' },
  { command: 'forget-request', number: '1', filedOn: '2026-02-10', reason: 'r' },
  { command: 'rebuild' },
  { command: 'rebuild', projection: 'tasks' },
  { command: 'retry-parked', id: '1' },
  { command: 'skip-parked', projection: 'tasks', error: 'TypeError', upTo: '3', reason: 'r' },
  { command: 'drop-table', projection: 'handled-requests', confirmed: true },
  { command: 'retry-letter', letterId: 'l' },
  { command: 'enable-webhook', target: 'statistics' },
  { command: 'issue-token', role: 'admin', by: 'person', name: 'Ana Pop', seconds: 60 },
  { command: 'revoke-token', id: 't' },
  { command: 'forget-person', person: 'p.ana' },
];
const silent = (): void => undefined;
let folder = '';

beforeEach(() => {
  folder = emptyFolder();
});

const spoken = (line: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(join(folder, 'control.sock'));
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('close', () => {
      resolve(text);
    });
    socket.on('error', reject);
    socket.end(line);
  });

describe('local socket', () => {
  it('carries every request and its answer to the letter', async () => {
    const heard: SocketRequest[] = [];
    const users = new Set<string>();
    const server = await serveLocalSocket(
      folder,
      (request, user) => {
        heard.push(request);
        users.add(user);
        return Promise.resolve({ exit: 6, value: { n: heard.length }, ro: 'Găsit.', en: 'Found.' });
      },
      silent,
    );
    for (const [index, request] of requests.entries())
      expect(await askLocalSocket(folder, request, 'ion')).toEqual({ exit: 6, value: { n: index + 1 }, ro: 'Găsit.', en: 'Found.' });
    expect([heard, [...users]]).toEqual([requests, ['ion']]);
    expect(await serviceAnswers(folder)).toBe(true);
    await server.close();
    expect(await serviceAnswers(folder)).toBe(false);
  });

  it.each([
    ['nothing that is JSON', 'hello\n'],
    ['another version', requestLine({ request: { command: 'rebuild' }, user: 'ion' }).replace('"version":2', '"version":1')],
    ['an unknown command', '{"version":2,"user":"ion","request":{"command":"shutdown"}}\n'],
    ['a request without its fields', '{"version":2,"user":"ion","request":{"command":"forget-ticket","ticketId":"t"}}\n'],
    ['nobody who asks', '{"version":2,"request":{"command":"rebuild"}}\n'],
  ])('performs nothing for %s, and says so', async (_, line) => {
    let performed = 0;
    closing(await serveLocalSocket(folder, () => Promise.reject(new Error(String((performed += 1)))), silent));
    expect(answerOf((await spoken(line)).trim())).toMatchObject({ exit: 1, value: { code: 'not-understood' } });
    expect(performed).toBe(0);
    expect(requestOf(line)).toBeUndefined();
  });

  it('says that it failed when the work throws, without the reason', async () => {
    const failures: unknown[] = [];
    closing(
      await serveLocalSocket(
        folder,
        () => Promise.reject(new Error('ion@posta.example')),
        (error) => failures.push(error),
      ),
    );
    const answer = await askLocalSocket(folder, { command: 'rebuild' });
    expect(answer).toMatchObject({ exit: 1, value: { code: 'failed' } });
    expect(JSON.stringify(answer)).not.toContain('posta.example');
    expect(failures).toHaveLength(1);
  });

  it('finds nobody where there is no socket, or a dead one, and takes the place of a dead one', async () => {
    expect(await askLocalSocket(folder, { command: 'rebuild' })).toBeUndefined();
    writeFileSync(join(folder, 'control.sock'), '');
    expect(await askLocalSocket(folder, { command: 'rebuild' })).toBeUndefined();
    closing(await serveLocalSocket(folder, () => Promise.resolve({ exit: 0, value: null, ro: '', en: '' }), silent));
    expect(await askLocalSocket(folder, { command: 'rebuild' })).toMatchObject({ exit: 0 });
  });

  it('says that the service ended when it ends before it answers', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(join(folder, 'control.sock'), resolve));
    expect(await askLocalSocket(folder, { command: 'rebuild' })).toMatchObject({ exit: 1, value: { code: 'cut-off' } });
    await new Promise((resolve) => server.close(resolve));
  });
});
