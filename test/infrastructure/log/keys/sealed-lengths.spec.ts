import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { encryptBytes, openBytes, openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { registerRequest } from '../../../../src/application/requests/register-request';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { mustBeDone, staff } from '../../../http/support/service';
import { contextAt } from '../../../support/command-context';

const key = randomBytes(32);
const root = join(__dirname, '../../../..');

describe('a sealed text', () => {
  it.each([
    [['', 'Ion', 'Lăcătuș Andrei-Constantin', '+40 264 596 030', 'x'.repeat(63)], 1 + 12 + 64 + 16],
    [['x'.repeat(64), 'ș'.repeat(50), 'x'.repeat(127)], 1 + 12 + 128 + 16],
    [['x'.repeat(128), 'x'.repeat(255)], 1 + 12 + 256 + 16],
  ])('is as long as others: %j', (texts, length) => {
    for (const text of texts) {
      const sealed = sealText(key, text, 'here');
      expect([sealed.length, sealed[0]]).toEqual([length, 1]);
      expect(openBytes(key, sealed, 'here').toString()).toBe(text);
    }
  });

  it('keeps what it was given, to the byte', () => {
    for (const text of ['\u0080', 'a\u0000', '\u0000\u0000', 'a\u0080\u0000', 'ÿ'.repeat(200)])
      expect(openBytes(key, sealText(key, text, 'here'), 'here').toString()).toBe(text);
  });

  it('does not open elsewhere, with another key, or changed in one bit', () => {
    const sealed = sealText(key, 'Ion', 'here');
    expect(openIfFitting(key, sealed, 'there')).toBeUndefined();
    expect(openIfFitting(randomBytes(32), sealed, 'here')).toBeUndefined();
    expect(openIfFitting(key, sealed.subarray(1), 'here')).toBeUndefined();
    for (const at of [0, 1, 20, 90]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openIfFitting(key, changed, 'here')).toBeUndefined();
    }
  });

  it('of before opens still, whatever byte it begins with', () => {
    const beginnings = new Set<number>();
    for (let n = 0; n < 20_000 && !beginnings.has(1); n += 1) {
      const sealed = encryptBytes(key, Buffer.from('Ion'), 'here');
      beginnings.add(sealed[0] ?? 0);
      if (n < 50 || sealed[0] === 1) expect(openBytes(key, sealed, 'here').toString()).toBe('Ion');
    }
    expect(beginnings.has(1)).toBe(true);
  });
});

describe('what is kept of people', () => {
  it('stands in the log under one length for a short name and a long one', async () => {
    const ports = createTestPorts();
    const context = () => contextAt(ports.clock.now(), ports.identifiers.next());
    mustBeDone(await registerStaff(ports)(context(), staff.s002));
    const lengths: number[] = [];
    for (const [number, applicantName] of [
      ['1', 'Ion Pop'],
      ['2', 'Constantinescu Alexandra-Mihaela'],
    ] as const) {
      const request = { number, filedOn: '2026-02-02', applicantName, handlerStaffId: 's002', status: 'in-operation' } as const;
      mustBeDone(await registerRequest(ports)(context(), request));
      for await (const { body } of ports.store.read(`request-${number}_2026-02-02`)) lengths.push(body.length);
    }
    expect(lengths[0]).toBe(lengths[1]);
  });

  it('is sealed nowhere but by what pads: the other cipher is for keys', () => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const users = sources.filter((name) => /\bencryptBytes\(/.test(readFileSync(join(root, 'src', name), 'utf8')));
    const rooms = new Set(users.map((name) => name.split('/').slice(1, 3).join('/')));
    expect([...rooms].sort()).toEqual(['log/keys', 'tools/accept-log', 'tools/backup', 'tools/copy']);
  });
});
