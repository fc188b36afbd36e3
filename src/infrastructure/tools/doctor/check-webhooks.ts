import { webhookList } from '../../../application/operation/webhooks';
import { finding, type Finding } from './finding';
import type { ExaminedInstallation } from './examined-installation';
import { inBoth } from '../../phrasing/sentences';

/** Targets that nobody tells any more: they wait for an administrator. */
export const checkWebhooks = async ({ kept, webhooks }: ExaminedInstallation): Promise<readonly Finding[]> => {
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
      inBoth.doctor.checkWebhooks.disabledWebhooks({ disabled: disabled.join(', ') }),
      inBoth.doctor.checkWebhooks.talkTeamReceivesThem({ disabled: disabled[0] ?? '' }),
    ),
  ];
};
