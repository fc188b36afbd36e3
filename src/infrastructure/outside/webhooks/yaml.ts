const plain = /^[A-Za-z_$][\w.$/-]*$/;
/** Words that YAML would read as something else than text. */
const special = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const key = (text: string): string => (plain.test(text) && !special.test(text) ? text : JSON.stringify(text));

const isCompound = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** A JSON text is YAML too: quoted, with its escapes. */
const scalar = (value: unknown): string =>
  typeof value === 'string' && plain.test(value) && !special.test(value) ? value : JSON.stringify(value);

const lines = (value: object, indent: string): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((item: unknown) => {
        if (!isCompound(item)) return [`${indent}- ${scalar(item)}`];
        const [first = '', ...others] = lines(item, `${indent}  `);
        return [`${indent}- ${first.trimStart()}`, ...others];
      })
    : Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
        item === undefined
          ? []
          : isCompound(item)
            ? [`${indent}${key(name)}:`, ...lines(item, `${indent}  `)]
            : [`${indent}${key(name)}: ${scalar(item)}`],
      );

/** Plain JSON data as YAML: block style, two blanks, no anchors. For documents that people read and programs write. */
export const yamlOf = (value: object): string => `${lines(value, '').join('\n')}\n`;
