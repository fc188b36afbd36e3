/** `TypeError`, `RowParked`: a single name of a person has one capital letter. */
const className = /^([A-Z][A-Za-z]*(?:Error|Exception)|[A-Z][a-z]+(?:[A-Z][a-z]*)+|Error)(?:: ([^]*))?$/;

/** What the language itself says, and what is shown of it: only words that stand here, never what it has read. */
const sentences: readonly (readonly [begins: RegExp, shown: string])[] = [
  [/^Cannot read properties of undefined \(reading /, 'Cannot read properties of undefined (reading …)'],
  [/^Cannot read properties of null \(reading /, 'Cannot read properties of null (reading …)'],
  [/^Cannot set properties of undefined \(setting /, 'Cannot set properties of undefined (setting …)'],
  [/^Cannot set properties of null \(setting /, 'Cannot set properties of null (setting …)'],
  [/^Cannot destructure property /, 'Cannot destructure property …'],
  [/^Cannot convert undefined or null to object$/, 'Cannot convert undefined or null to object'],
  [/^Cannot access .* before initialization$/, 'Cannot access … before initialization'],
  [/^Cannot assign to read only property /, 'Cannot assign to read only property …'],
  [/^Assignment to constant variable\.$/, 'Assignment to constant variable.'],
  [/^Reduce of empty array with no initial value$/, 'Reduce of empty array with no initial value'],
  [/^Maximum call stack size exceeded$/, 'Maximum call stack size exceeded'],
  [/^Invalid time value$/, 'Invalid time value'],
  [/^Invalid date$/, 'Invalid date'],
  [/^Invalid array length$/, 'Invalid array length'],
  [/^Invalid string length$/, 'Invalid string length'],
  [/^Invalid count value: /, 'Invalid count value: …'],
  [/^Unexpected end of JSON input$/, 'Unexpected end of JSON input'],
  [/^Unexpected token [^]* is not valid JSON$/, 'Unexpected token …, … is not valid JSON'],
  [/ is not a function$/, '… is not a function'],
  [/ is not iterable$/, '… is not iterable'],
  [/ is not defined$/, '… is not defined'],
  [/ is not a constructor$/, '… is not a constructor'],
];

/**
 * What may be shown of an error that a table had with an event: its class, and where the language itself says the sentence, its fixed
 * words. The author of a projection may quote what it has read in a sentence of their own, so such a sentence is not shown. The command
 * line shows the error as it was, on the server.
 * @param error as it is kept: `TypeError: Cannot read …`
 * @returns `not-an-error` of what was thrown and is no error
 */
export const cleanedError = (error: string): string => {
  const [, name, message = ''] = className.exec(error) ?? [];
  if (name === undefined) return 'not-an-error';
  const shown = sentences.find(([begins]) => begins.test(message))?.[1];
  return shown === undefined ? name : `${name}: ${shown}`;
};
