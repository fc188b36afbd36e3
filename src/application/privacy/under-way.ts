import type { Ports } from '../kernel/ports/ports';

/** Who erases by retention: the night, or a person's command. Both may at once, and each notes its own. */
export type RetentionRunner = 'night' | 'command';
/** What was begun last: its fact may stand, and its letters still lie there. */
export type UnderWay = { readonly kind: 'contact' | 'conclusions'; readonly ticketId: string };

const registerOf = (by: RetentionRunner): string => `retention-under-way-${by}`;

const readUnderWay = (text: string | undefined): UnderWay | undefined => {
  const [kind, ticketId] = (text ?? '').split(' ');
  return (kind === 'contact' || kind === 'conclusions') && ticketId !== undefined ? { kind, ticketId } : undefined;
};

/** What a crash cut off; nothing mostly. */
export const leftUnderWay = async ({ operations }: Pick<Ports, 'operations'>, by: RetentionRunner): Promise<UnderWay | undefined> =>
  readUnderWay(await operations.registers.get(registerOf(by)));

/** Durable before the first of several steps. */
export const noteUnderWay = ({ operations }: Pick<Ports, 'operations'>, by: RetentionRunner, { kind, ticketId }: UnderWay): Promise<void> =>
  operations.registers.put(registerOf(by), `${kind} ${ticketId}`);

export const noneUnderWay = ({ operations }: Pick<Ports, 'operations'>, by: RetentionRunner): Promise<void> =>
  operations.registers.remove(registerOf(by));
