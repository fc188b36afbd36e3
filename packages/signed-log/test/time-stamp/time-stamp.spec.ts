import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMemoryOperations } from '../../../../src/infrastructure/tables/operations/memory-operations';
import { createCurrentSignedLog } from '../../../../src/infrastructure/proof/signing/current-signed-log';
import { openTimeStampAuthority } from '../../../../src/infrastructure/proof/outside-over-http';
import { stampNewest } from '../../src/time-stamp/stamp-newest';
import { storedTimeStamp, timeStampOf, timeStampRequest } from '../../src/time-stamp/time-stamp';
import { ticketProof } from '../../../../src/infrastructure/proof/ticket-proof';
import { ticketStream } from '../../../../src/domain/ticket/facts';
import { logKey, seal, sealedLog } from '../../../../test/support/sealed-log';
import { appendSmall } from '../../../../test/support/small-events';
import { hasOpenssl, openAuthority, type TestAuthority } from '../../../../test/support/time-stamp-authority';
import { emptyFolder } from '../../../../test/support/closing';

const limits = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
const chance = (): Uint8Array => Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

(hasOpenssl() ? describe : describe.skip)('a time stamp', () => {
  let authority: TestAuthority;
  let other: TestAuthority;
  const folder = emptyFolder();
  beforeAll(async () => {
    authority = await openAuthority();
    other = await openAuthority();
  });
  beforeEach(() => {
    delete authority.lie.request;
    delete authority.lie.answer;
    delete authority.lie.status;
  });

  const stamping = async (size = 20, with_: { readonly limits?: typeof limits; readonly ca?: string | null } = {}) => {
    const log = await sealedLog([size]);
    let now = '2026-03-05T09:00:00.000Z';
    const { operations, asking } = {
      operations: createMemoryOperations(),
      asking: openTimeStampAuthority(authority.url, { limits: with_.limits ?? limits }),
    };
    const stamp = {
      checkpoints: log.checkpoints,
      log: logKey,
      keyValues: operations.keyValues,
      authority: asking,
      url: authority.url,
      ...(with_.ca === null ? {} : { ca: with_.ca ?? authority.ca }),
      hours: 24,
      folder,
      clock: { now: () => now },
      chance,
    };
    return {
      ...log,
      stamp,
      at: (moment: string) => {
        now = moment;
      },
    };
  };

  it('is asked for over the bytes of the checkpoint, kept, and openssl verifies it', async () => {
    const { stamp, checkpoints } = await stamping(20);
    expect(await stampNewest(stamp)).toBe('stamped');
    const kept = storedTimeStamp(await checkpoints.get('time-stamped'));
    expect(kept?.note).toBe(await checkpoints.newest());
    expect(kept?.at).toMatch(/^20\d\d-/u);
    expect(authority.asked.at(-1)).toBe('application/timestamp-query');
    const verify = (data: string): string =>
      execFileSync('openssl', ['ts', '-verify', '-data', data, '-in', '20.tsr', '-CAfile', authority.caFile], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(verify('20.note')).toContain('Verification: OK');
    writeFileSync(join(folder, 'changed.note'), readFileSync(join(folder, '20.note'), 'utf8').replace('\n20\n', '\n21\n'));
    expect(() => verify('changed.note')).toThrow();
    writeFileSync(join(folder, 'token.der'), Buffer.from(kept?.token ?? '', 'base64'));
    const token = ['ts', '-verify', '-data', '20.note', '-token_in', '-in', 'token.der', '-CAfile', authority.caFile];
    expect(execFileSync('openssl', token, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toContain('OK');
    await stamp.authority.close();
  });

  it('is asked for once in so many hours, and only when the log has grown', async () => {
    const { stamp, at, grow } = await stamping(5);
    expect(await stampNewest(stamp)).toBe('stamped');
    await grow(3);
    expect(await stampNewest(stamp)).toBe('nothing-due');
    at('2026-03-06T09:00:00.000Z');
    expect(await stampNewest(stamp)).toBe('stamped');
    at('2026-03-08T09:00:00.000Z');
    expect(await stampNewest(stamp)).toBe('nothing-due');
    await stamp.authority.close();
  });

  it.each<[string, (lying: TestAuthority) => void, string]>([
    ['of other bytes', (lying) => (lying.lie.request = (request) => flipped(request, imprintAt(request))), 'other-imprint'],
    ['with another nonce', (lying) => (lying.lie.request = (request) => flipped(request, nonceAt(request))), 'other-nonce'],
    ['that was rejected', (lying) => (lying.lie.request = () => Buffer.from('not a request')), 'rejected'],
    ['that is garbage', (lying) => (lying.lie.answer = () => Buffer.from('garbage')), 'not-an-answer'],
    ['that is empty', (lying) => (lying.lie.answer = () => Buffer.alloc(0)), 'not-an-answer'],
    ['with a spoiled signature', (lying) => (lying.lie.answer = (answer) => flipped(answer, answer.length - 3)), 'signature-wrong'],
    [
      'of an authority that is not trusted',
      (lying) => (lying.lie.answer = async () => other.answer(await lastRequest())),
      'chain-not-trusted',
    ],
  ])('%s is not believed, and nothing is kept', async (_, lie, reason) => {
    lie(authority);
    const { stamp, checkpoints } = await stamping(9);
    await expect(stampNewest(stamp)).rejects.toMatchObject({ name: 'TimeStampNotBelieved', reason });
    expect(await checkpoints.get('time-stamped')).toBeUndefined();
    await stamp.authority.close();
  });

  const lastRequest = async (): Promise<Buffer> => {
    const { checkpoints } = await sealedLog([9]);
    return timeStampRequest(timeStampOf((await checkpoints.newest()) ?? '', chance()));
  };

  it('is checked without a trusted authority as well, under the certificate that came with it', async () => {
    const { stamp } = await stamping(9, { ca: null });
    expect(await stampNewest(stamp)).toBe('stamped');
    await stamp.authority.close();
    authority.lie.answer = (answer) => flipped(answer, answer.length - 3);
    const spoiled = await stamping(9, { ca: null });
    await expect(stampNewest(spoiled.stamp)).rejects.toMatchObject({ reason: 'signature-wrong' });
    await spoiled.stamp.authority.close();
  });

  it('of an authority that is slow, or answers 500, is not waited for', async () => {
    const slow = await stamping(9, { limits: { connect: 50, headers: 50, body: 50, whole: 50 } });
    authority.lie.answer = async (answer) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return answer;
    };
    await expect(stampNewest(slow.stamp)).rejects.toMatchObject({ name: 'AuthorityUnavailable' });
    delete authority.lie.answer;
    authority.lie.status = 500;
    const failing = await stamping(9);
    await expect(stampNewest(failing.stamp)).rejects.toMatchObject({ name: 'AuthorityUnavailable', reason: '500' });
    await slow.stamp.authority.close();
    await failing.stamp.authority.close();
  });

  it('goes with the proof of a ticket that it covers, and not with that of a newer one', async () => {
    const { stamp, checkpoints, store } = await stamping(9);
    const [early, late] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
    await appendSmall(store, 2, ticketStream(early));
    await seal(store, checkpoints);
    await stampNewest(stamp);
    await appendSmall(store, 2, ticketStream(late));
    await seal(store, checkpoints);
    const ports = { store, signedLog: createCurrentSignedLog({ checkpoints, verifier: logKey, counts: true }) };
    const stamped = await ticketProof(ports, early);
    const kept = storedTimeStamp(await checkpoints.get('time-stamped'));
    expect(stamped).toMatchObject({ kind: 'proved', proof: { checkpoint: kept?.note, timeStamp: kept?.token, notYetSealed: 0 } });
    const newer = await ticketProof(ports, late);
    expect(newer).toMatchObject({ kind: 'proved', proof: { checkpoint: await checkpoints.newest(), notYetSealed: 0 } });
    expect(newer).not.toHaveProperty('proof.timeStamp');
    await stamp.authority.close();
  });
});

const flipped = (bytes: Buffer, place: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
  return changed;
};
/** In TimeStampReq the imprint is the octet string of 32 bytes, and the nonce the integer behind it. */
const imprintAt = (request: Buffer): number => request.indexOf(Buffer.from([0x04, 0x20])) + 5;
const nonceAt = (request: Buffer): number => request.indexOf(Buffer.from([0x04, 0x20])) + 2 + 32 + 4;
