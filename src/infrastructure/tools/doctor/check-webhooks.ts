import { webhookList } from '../../../application/operation/webhook-list';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

/** Targets that nobody tells any more: they wait for an administrator. */
export const checkWebhooks = async ({ kept, webhooks }: Patient): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  const registers = { get: (name: string) => kept.register(name) };
  const listed = await webhookList(
    { operations: { registers } },
    webhooks.map((name) => ({ name })),
  );
  const disabled = listed.filter(({ state }) => state === 'disabled').map(({ name }) => name);
  if (disabled.length === 0) return [];
  return [
    finding(
      'webhooks-disabled',
      [`Ținte oprite: ${disabled.join(', ')}.`, `Disabled webhooks: ${disabled.join(', ')}.`],
      [
        `Vorbiți cu echipa care le primește, apoi: tichet webhooks enable ${disabled[0] ?? ''}`,
        `Talk to the team that receives them, then: tichet webhooks enable ${disabled[0] ?? ''}`,
      ],
    ),
  ];
};
