/** A query as it came; a name that is there twice, or none, reads as empty. */
export type QueryParameters = (name: string) => string;

export const queryParametersOf = (query: unknown): QueryParameters => {
  const texts = new Map<string, unknown>(typeof query === 'object' && query !== null ? Object.entries(query) : []);
  return (name) => {
    const value = texts.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
};
