import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '../../../application/kernel/execute';
import type { PersonalData } from '../../../application/kernel/ports/personal-data';

/** What a PUT replaces: as its GET shows it, `undefined` where there is nothing yet, and in which stream it stands. */
export type Replaced = { readonly stream: string; readonly shown: () => Promise<object | undefined> };

/** Keyed: a person who has the mark of a request cannot try names until one fits. */
type Marking = Pick<PersonalData, 'tag'>;

/** RFC 9110, 8.8.3: strong, of everything that is shown. */
export const etagOf = (marking: Marking, shown: object): string => `"${marking.tag('etag', JSON.stringify(shown)).slice(0, 22)}"`;

/** RFC 9110, 13.1.1: one of several, compared strongly, or `*` for anything that is there. */
export const matches = (marking: Marking, ifMatch: string, shown: object | undefined): boolean => {
  if (shown === undefined) return false;
  const etag = etagOf(marking, shown);
  return ifMatch.split(',').some((one) => one.trim() === '*' || one.trim() === etag);
};

/** What `If-Match` asks of the command; `undefined` where it was not sent. It is looked at when the command is decided, not before. */
export const preconditionOf = (marking: Marking, request: FastifyRequest, { stream, shown }: Replaced): CommandContext['precondition'] => {
  const ifMatch = request.headers['if-match'];
  return ifMatch === undefined ? undefined : { stream, holds: async () => matches(marking, ifMatch, await shown()) };
};
