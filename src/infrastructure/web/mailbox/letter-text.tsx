import type { VNode } from 'preact';

/** Of a letter's lines only the code is made of digits alone. */
export const codeIn = (text: string): string | undefined => /^\d{4,10}$/m.exec(text)?.[0];

/** The path of a page of ours that this line is the address of. */
const pathOf = (line: string, publicUrl: string): string | undefined => {
  if (!/^https?:\/\/\S+$/.test(line) || !URL.canParse(line)) return undefined;
  const { origin, pathname, search } = new URL(line);
  return origin === new URL(publicUrl).origin ? `${pathname}${search}` : undefined;
};

/** The letter's text line by line; addresses of our own pages lead there. */
export const LetterText = ({ text, publicUrl }: { readonly text: string; readonly publicUrl: string }): VNode => (
  <div class="card letter-text" dir="auto">
    {text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const path = pathOf(line, publicUrl);
        return (
          <>
            {path === undefined ? line : <a href={path}>{line}</a>}
            {'\n'}
          </>
        );
      })}
  </div>
);
