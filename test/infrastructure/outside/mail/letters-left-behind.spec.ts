import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { createSmtpMailer } from '../../../../src/infrastructure/outside/mail/smtp-mailer';
import { openMailer } from '../../../../src/infrastructure/nest/open-mailer';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { settingsOf } from '../../tools/command-line/captured';
import { emptyFolder } from '../../../support/closing';

const letter: Letter = { letterId: 'l1', ticketId: 't1', to: 'ana@example.ro', subject: 'x', text: 'Ana', html: 'Ana', locale: 'ro' };
/** Nobody listens there, and nothing is sent. */
const smtpUrl = 'smtp://127.0.0.1:9';

const withMailer = async <T>(
  settings: Parameters<typeof openMailer>[0],
  work: (opened: ReturnType<typeof openMailer>) => Promise<T>,
): Promise<T> => {
  const closing: (() => void | Promise<void>)[] = [];
  try {
    return await work(openMailer(settings, systemClock, closing));
  } finally {
    for (const step of closing) await step();
  }
};
const lettersIn = (folder: string): readonly string[] =>
  ['outbox', 'mailbox'].flatMap((name) => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []));

/** A folder that has sent a letter as a demonstration, before SMTP was set. */
const before = async () => {
  const settings = settingsOf(emptyFolder());
  await withMailer({ ...settings, development: { toTry: [] } }, async ({ mailer, mailbox }) => {
    await mailer.send(letter);
    await mailer.send({ ...letter, letterId: 'l2', ticketId: 't2' });
    expect(await mailbox?.list()).toHaveLength(2);
  });
  expect(lettersIn(settings.dataDirectory)).toHaveLength(4);
  return settings;
};

describe('letters that lie in the data folder from before', () => {
  it.each([[{ smtpUrl }], [{}]])('are forgotten with their ticket by a service with %j', async (now) => {
    const settings = await before();
    await withMailer({ ...settings, ...now }, async ({ mailer, mailbox }) => {
      expect(mailbox).toBeUndefined();
      expect(await mailer.forget('t1')).toBe(1);
    });
    expect(lettersIn(settings.dataDirectory)).toEqual([expect.stringContaining('l2'), expect.stringContaining('l2')]);
  });

  it.each([[{ smtpUrl }], [{}]])(
    'are erased by when they were written, whatever became of their ticket, by a service with %j',
    async (now) => {
      const settings = await before();
      const written = new Date('2026-03-05T10:00:00Z');
      for (const folder of ['outbox', 'mailbox'])
        for (const name of readdirSync(join(settings.dataDirectory, folder)))
          if (name.includes('l1')) utimesSync(join(settings.dataDirectory, folder, name), written, written);
      await withMailer({ ...settings, ...now }, async ({ mailer: { kept } }) => {
        expect([await kept?.count('2026-03-05T10:00:00.000Z'), await kept?.erase('2026-03-05T10:00:00.000Z')]).toEqual([0, 0]);
        expect(await kept?.count('2026-03-05T10:00:00.001Z')).toBe(2);
        expect(lettersIn(settings.dataDirectory)).toHaveLength(4);
        expect(await kept?.erase('2026-03-05T10:00:00.001Z')).toBe(2);
      });
      expect(lettersIn(settings.dataDirectory)).toEqual([expect.stringContaining('l2'), expect.stringContaining('l2')]);
    },
  );

  it('are none where no letter was ever written', async () => {
    await withMailer(settingsOf(emptyFolder()), async ({ mailer: { kept } }) => {
      expect(await kept?.erase(systemClock.now())).toBe(0);
    });
  });

  it('broken variant: a mailer by SMTP alone leaves them', async () => {
    const settings = await before();
    const smtp = createSmtpMailer({ url: smtpUrl, from: settings.mailFrom });
    expect(await smtp.forget('t1')).toBe(0);
    smtp.close();
    expect(lettersIn(settings.dataDirectory)).toHaveLength(4);
  });
});
