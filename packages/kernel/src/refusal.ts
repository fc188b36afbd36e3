import { defined } from './defined';

/** Details are plain JSON without personal data, named as they appear in the answer (`earliest`, `triesLeft`, `reason` …). */
export type RefusalDetails = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A refusal is a value. `article` is the article of the procedure that is the reason, where the procedure is the reason. */
export type Refusal<Code extends string = string> = {
  readonly kind: 'refused';
  readonly code: Code;
  readonly article?: string;
  readonly details?: RefusalDetails;
};

export const refuse = <Code extends string>(
  code: Code,
  { article, ...details }: { readonly article?: string } & RefusalDetails = {},
): Refusal<Code> => ({
  kind: 'refused',
  code,
  ...defined({ article }),
  ...(Object.keys(details).length === 0 ? {} : { details }),
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refused';
