/** Words with which the messages of programs begin; another capitalised word may be somebody's name. */
const openings = new Set(
  'A An Assignment Bad Cannot Class Every Expected Failed Function Invalid It Maximum Missing No Not Nothing Reduce The There This Unexpected Unknown What'.split(
    ' ',
  ),
);
const longestSentence = 160;
const left = '…';
/** What stands between quotation marks is a value; an apostrophe within a word is none. */
const quoted = /(?<![\p{L}\p{N}])["'`“”„«‘][^"'`”“»’]*["'`”“»’](?![\p{L}\p{N}])/gu;
const openQuote = /(?<![\p{L}\p{N}])["'`“”„«‘].*$/u;
/** `TypeError`, `RowParked`: one name of somebody has one capital letter. */
const className = /^([A-Z][A-Za-z]*(?:Error|Exception)|[A-Z][a-z]+(?:[A-Z][a-z]*)+|Error)(?:: ([^]*))?$/;

const isOfTheProgram = (word: string, place: number): boolean => {
  if (!/^[\x21-\x7e]+$/.test(word) || /[\d@/\\{}[\]=|]/.test(word)) return word === left || /^[(]?…[).,;]*$/.test(word);
  return !/^\W*[A-Z]/.test(word) || (place === 0 && openings.has(word.replaceAll(/\W/g, '')));
};

/**
 * What may be shown of an error that a table had with an event: its class, and the first sentence of its message without values. Whoever
 * writes a projection may quote what it has read, so whatever may be somebody's is left out: what is quoted or stands behind a colon, numbers,
 * addresses, words with a capital letter or of another alphabet. The error as it was is told by the command line, on the server.
 * @param error as it is kept: `TypeError: Cannot read …`
 * @returns `not-an-error` of what was thrown and is no error
 */
export const cleanedError = (error: string): string => {
  const [, name, message = ''] = className.exec(error) ?? [];
  if (name === undefined) return 'not-an-error';
  const sentence = (/^[^\n]*?(?:[.!?](?=\s|$)|$)/m.exec(message)?.[0] ?? '').replaceAll(quoted, left).replace(openQuote, left);
  const [told = '', ...values] = sentence.split(/:\s|=/);
  const words = told.split(/\s+/).filter((word) => word !== '');
  const kept = words.map((word, place) => (isOfTheProgram(word, place) ? word : left));
  const shown = [...kept, ...(values.length > 0 ? [left] : [])].filter((word, place, all) => word !== left || all[place - 1] !== left);
  const text = shown.join(' ').slice(0, longestSentence);
  return text === '' || text === left ? name : `${name}: ${text}`;
};
