import { requireFile, toolFile } from '../../support/tool';

type Options = {
  readonly url: string;
  readonly method?: 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly connections: number;
  readonly duration: number;
};
type Result = { readonly requests: { readonly average: number }; readonly non2xx: number; readonly errors: number };

/** Asks one address over so many connections for so many seconds. */
export const autocannon = (options: Options): Promise<Result> => {
  const run: (asked: Options) => Promise<Result> = requireFile(toolFile('load', 'autocannon/autocannon.js'));
  return run(options);
};
