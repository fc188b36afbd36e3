import type { NotedRefusal } from '../../../application/kernel/ports/refusals';
import type { Actor } from '../../../domain/kernel/fact';

/** A refused attempt as a table keeps it. */
export type RefusalRow = Omit<NotedRefusal, 'article' | 'actor'> & {
  readonly article: string | null;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
};

export const refusalColumns =
  'subject, command_id AS "commandId", at, command, code, article, actor_kind AS "actorKind", actor_id AS "actorId"';

/** What is one line: the command, and what it was about. */
export const entryOf = ({ subject, commandId }: NotedRefusal): string => `${subject} ${commandId}`;

export const refusalOf = ({ article, actorKind, actorId, ...row }: RefusalRow): NotedRefusal => ({
  subject: row.subject,
  commandId: row.commandId,
  at: row.at,
  command: row.command,
  code: row.code,
  ...(article !== null && { article }),
  actor: { kind: actorKind, id: actorId },
});
