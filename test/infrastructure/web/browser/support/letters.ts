import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

export type LetterRead = { readonly letterId: string; readonly to: string; readonly subject: string; readonly text: string };

const patienceMilliseconds = 300_000;
const pauseMilliseconds = 50;

/** Every letter that the demonstration has kept so far. */
export const lettersIn = async (dataDirectory: string): Promise<readonly LetterRead[]> => {
  const folder = join(dataDirectory, 'outbox');
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    files.map(async (name) => {
      const { to, subject = '', text = '' } = await simpleParser(readFileSync(join(folder, name)));
      return {
        letterId: name.replace('.eml', ''),
        to: to === undefined || Array.isArray(to) ? '' : (to.value[0]?.address ?? ''),
        subject,
        text,
      };
    }),
  );
};

/** The letter for which this holds, as soon as it has come. */
export const letterThat = async (dataDirectory: string, holds: (letter: LetterRead) => boolean): Promise<LetterRead> => {
  const until = Date.now() + patienceMilliseconds;
  for (;;) {
    const letter = (await lettersIn(dataDirectory)).find(holds);
    if (letter !== undefined) return letter;
    if (Date.now() > until) throw new Error('The letter has not come.');
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
};

/** The code that stands alone on its line. */
export const codeIn = ({ text }: LetterRead): string => /^\d{6}$/mu.exec(text)?.[0] ?? '';
