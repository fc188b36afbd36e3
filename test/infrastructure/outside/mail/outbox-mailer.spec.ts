import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { simpleParser } from 'mailparser';
import { createOutboxMailer } from '../../../../src/infrastructure/outside/mail/outbox-mailer';
import { compose, from, head } from './letter-requests';
import { closing, emptyFolder } from '../../../support/closing';

describe('the outbox', () => {
  let parent: string;
  let folder: string;
  const outboxIn = (place: string, threadFile?: string) =>
    closing(
      createOutboxMailer(
        { folder: place, from },
        threadFile === undefined ? undefined : (workerData) => new Worker(threadFile, { workerData }),
      ),
    );
  beforeEach(() => {
    parent = emptyFolder();
    folder = join(parent, 'outbox');
  });

  it('Art. 3 e: keeps the letter as a file that a mail program reads, for its owner only', async () => {
    const letter = compose('link');
    expect(await outboxIn(folder).send(letter)).toEqual({ kind: 'accepted' });
    expect(await readdir(folder)).toEqual([`${letter.letterId}.eml`]);
    const path = join(folder, `${letter.letterId}.eml`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);

    const mail = await simpleParser(await readFile(path));
    expect(mail.subject).toBe(letter.subject);
    expect(mail.text?.trim()).toBe(letter.text.trim());
    expect(typeof mail.html === 'string' && mail.html.trim()).toBe(letter.html.trim());
    expect(mail.from?.value).toEqual([{ name: 'Primăria municipiului Cluj-Napoca', address: 'tichet@primarie.example' }]);
    expect(mail.to).toMatchObject({ value: [{ address: head.to }] });
    expect(mail.messageId).toBe(`<${letter.letterId}@primarie.example>`);
    expect(mail.date?.toISOString()).toBe(head.issuedAt);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('content-language')).toBe('ro');
    expect(mail.attachments.map(({ filename }) => filename)).toContain('tichet-albastru.ics');
    for (const { content } of mail.attachments) expect(content.toString('utf8')).toBe(letter.calendar?.content);
  });

  it('the invitation is an alternative of the text and the HTML, with its method', async () => {
    await outboxIn(folder).send(compose('cancellation'));
    const raw = await readFile(join(folder, `${head.letterId}.eml`), 'utf8');
    expect(raw).toMatch(/Content-Type: multipart\/alternative/u);
    expect(raw.replaceAll(/\r\n\s+/gu, ' ')).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=CANCEL/u);
  });

  it('the same letter again is the same file, untouched', async () => {
    const mailer = outboxIn(folder);
    await mailer.send(compose('code'));
    const path = join(folder, `${head.letterId}.eml`);
    const before = { bytes: await readFile(path), inode: (await stat(path)).ino };
    await Promise.all([mailer.send(compose('code')), outboxIn(folder).send(compose('code'))]);
    expect({ bytes: await readFile(path), inode: (await stat(path)).ino }).toEqual(before);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('the same letter in another folder has the same bytes', async () => {
    await outboxIn(folder).send(compose('link'));
    await outboxIn(join(parent, 'other')).send(compose('link'));
    expect(await readFile(join(folder, `${head.letterId}.eml`))).toEqual(await readFile(join(parent, 'other', `${head.letterId}.eml`)));
  });

  it('forgetting a ticket deletes its letters, also one that a crash left half written, and nobody else’s', async () => {
    const mailer = outboxIn(folder);
    const other = '018f0000-0000-7000-8000-000000000002';
    await mailer.send({ ...compose('code'), letterId: 'a1' });
    await mailer.send({ ...compose('resolution'), letterId: 'a2' });
    // Another ticket's letter that quotes the first ticket's header in its text stays.
    await mailer.send({
      ...compose('code'),
      letterId: 'b1',
      ticketId: other,
      text: `x\r\nX-Tichet-Ticket: ${head.ticketId}\r\n\r\n`,
      html: '',
    });
    await writeFile(join(folder, `.${head.ticketId}.crashed.tmp`), 'half a letter');
    expect(await mailer.forget(head.ticketId)).toBe(2);
    expect(await readdir(folder)).toEqual(['b1.eml']);
    expect(await mailer.forget(head.ticketId)).toBe(0);
  });

  it('forgetting before any letter was kept finds nothing', async () => {
    expect(await outboxIn(folder).forget(head.ticketId)).toBe(0);
  });

  it('an address that is not one mailbox is refused and nothing is kept', async () => {
    const mailer = outboxIn(folder);
    const delivery = await mailer.send({ ...compose('code'), to: 'a@b.example, c@d.example' });
    expect(delivery).toEqual({ kind: 'refused', reason: 'not-one-mailbox' });
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a folder that cannot be written is an error, worth another attempt', async () => {
    await writeFile(folder, 'a file where the folder should be');
    await expect(outboxIn(folder).send(compose('code'))).rejects.toThrow();
  });

  it('letters given together are all kept, and one that cannot be kept keeps no other from it', async () => {
    const outbox = outboxIn(folder);
    const ids = Array.from({ length: 30 }, (_, n) => `letter-${n}`);
    const kept = ids.map((letterId) => outbox.send({ ...compose('code'), letterId }));
    const bad = outbox.send({ ...compose('code'), letterId: '../outside' });
    const last = outbox.send({ ...compose('code'), letterId: 'last' });
    await expect(bad).rejects.toThrow('RangeError');
    expect(await Promise.all([...kept, last])).toEqual(Array(31).fill({ kind: 'accepted' }));
    expect((await readdir(folder)).sort()).toEqual([...ids, 'last'].map((id) => `${id}.eml`).sort());
  });

  it('forgetting finds every letter that was given before it, and none that is given after it', async () => {
    const outbox = outboxIn(folder);
    const [, , deleted] = await Promise.all([
      outbox.send({ ...compose('code'), letterId: 'a1' }),
      outbox.send({ ...compose('code'), letterId: 'a2' }),
      outbox.forget(head.ticketId),
      outbox.send({ ...compose('code'), letterId: 'a3' }),
    ]);
    expect(deleted).toBe(2);
    expect(await readdir(folder)).toEqual(['a3.eml']);
  });

  it('closing keeps what was given before it; later letters are worth another attempt elsewhere', async () => {
    const outbox = outboxIn(folder);
    const given = outbox.send(compose('code'));
    await outbox.close();
    expect(await given).toEqual({ kind: 'accepted' });
    expect(await readdir(folder)).toEqual([`${head.letterId}.eml`]);
    await expect(outbox.send(compose('code'))).rejects.toThrow('closed');
  });

  it('a thread that dies rejects what waits for it, and the next letter has a new one', async () => {
    const file = join(parent, 'dies-once.cjs');
    const died = join(parent, 'died');
    await writeFile(
      file,
      `const { existsSync, writeFileSync } = require('node:fs');
       const { parentPort } = require('node:worker_threads');
       const again = existsSync(${JSON.stringify(died)});
       parentPort.on('message', (message) => {
         if (message === 'end') parentPort.close();
         else if (again) parentPort.postMessage({ kind: 'done', deleted: 0 });
         else { writeFileSync(${JSON.stringify(died)}, ''); process.exit(1); }
       });`,
    );
    const outbox = outboxIn(folder, file);
    const sent = [outbox.send(compose('code')), outbox.send(compose('link'))];
    for (const { status } of await Promise.allSettled(sent)) expect(status).toBe('rejected');
    expect(await outbox.send(compose('code'))).toEqual({ kind: 'accepted' });
  });
});
