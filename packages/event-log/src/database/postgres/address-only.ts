/** What an address may say, and we say: `pg` believes the address. */
const oursToSay = [
  'application_name',
  'fallback_application_name',
  'statement_timeout',
  'query_timeout',
  'idle_in_transaction_session_timeout',
  'options',
];

/**
 * The address without what it says of the connection in our place: by its name a rotation sees who has the database open.
 * @returns the options that it sets at the server, apart
 */
export const addressOnly = (url: string): { readonly connectionString: string; readonly options: string } => {
  const query = url.indexOf('?');
  if (query < 0) return { connectionString: url, options: '' };
  const said = new URLSearchParams(url.slice(query));
  const options = said.get('options') ?? '';
  for (const name of oursToSay) said.delete(name);
  return { connectionString: said.size === 0 ? url.slice(0, query) : `${url.slice(0, query)}?${said.toString()}`, options };
};
