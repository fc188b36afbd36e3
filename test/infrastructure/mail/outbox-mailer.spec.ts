import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createOutboxMailer } from '../../../src/infrastructure/mail/outbox-mailer';
import { compose, from, head } from './letter-requests';

describe('the outbox', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'outbox-'));
    folder = join(parent, 'outbox');
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('Art. 3 e: keeps the letter as a file that a mail program reads, for its owner only', async () => {
    const letter = compose('link');
    expect(await createOutboxMailer(folder, from).send(letter)).toEqual({ kind: 'accepted' });
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
    await createOutboxMailer(folder, from).send(compose('cancellation'));
    const raw = await readFile(join(folder, `${head.letterId}.eml`), 'utf8');
    expect(raw).toMatch(/Content-Type: multipart\/alternative/u);
    expect(raw.replaceAll(/\r\n\s+/gu, ' ')).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=CANCEL/u);
  });

  it('the same letter again is the same file, untouched', async () => {
    const mailer = createOutboxMailer(folder, from);
    await mailer.send(compose('code'));
    const path = join(folder, `${head.letterId}.eml`);
    const before = { bytes: await readFile(path), inode: (await stat(path)).ino };
    await Promise.all([mailer.send(compose('code')), createOutboxMailer(folder, from).send(compose('code'))]);
    expect({ bytes: await readFile(path), inode: (await stat(path)).ino }).toEqual(before);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('the same letter in another folder has the same bytes', async () => {
    await createOutboxMailer(folder, from).send(compose('link'));
    await createOutboxMailer(join(parent, 'other'), from).send(compose('link'));
    expect(await readFile(join(folder, `${head.letterId}.eml`))).toEqual(await readFile(join(parent, 'other', `${head.letterId}.eml`)));
  });

  it('forgetting a ticket deletes its letters, also one that a crash left half written, and nobody else’s', async () => {
    const mailer = createOutboxMailer(folder, from);
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
    expect(await createOutboxMailer(folder, from).forget(head.ticketId)).toBe(0);
  });

  it('an address that is not one mailbox is refused and nothing is kept', async () => {
    const mailer = createOutboxMailer(folder, from);
    const delivery = await mailer.send({ ...compose('code'), to: 'a@b.example, c@d.example' });
    expect(delivery).toEqual({ kind: 'refused', reason: 'not-one-mailbox' });
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a folder that cannot be written is an error, worth another attempt', async () => {
    await writeFile(folder, 'a file where the folder should be');
    await expect(createOutboxMailer(folder, from).send(compose('code'))).rejects.toThrow();
  });
});
