import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './routes';

/*
 * The contract as types, for a client in TypeScript: routes.ts is made of openapi.json by `npm run client`, before every build, and is
 * not in git. Nothing of the service is loaded with them.
 */
export type { components, operations, paths } from './routes';

export type TichetClient = Client<paths>;

/** A client of one installation: `createTichetClient({ baseUrl: 'https://tichet.example' })`. */
export const createTichetClient = (options: ClientOptions & { readonly baseUrl: string }): TichetClient => createClient<paths>(options);
