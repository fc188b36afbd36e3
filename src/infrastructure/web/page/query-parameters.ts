/** A query as it came; a name that is there twice, or none, reads as empty. */
export type QueryParameters = (name: string) => string;

export const queryParametersOf = (query: unknown): QueryParameters => {
  const texts = new Map<string, unknown>(typeof query === 'object' && query !== null ? Object.entries(query) : []);
  return (name) => {
    const value = texts.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
};

/** The query of an address, without what is empty; it begins with `?` where anything is left. */
export const filledQuery = (named: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(Object.entries(named).filter(([, value]) => value !== '')).toString();
  return query === '' ? '' : `?${query}`;
};
