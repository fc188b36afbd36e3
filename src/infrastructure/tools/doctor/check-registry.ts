import { finding, type Finding } from './finding';
import type { ExaminedInstallation } from './examined-installation';
import { inBoth } from '../../phrasing/sentences';

const { look, token } = inBoth.doctor.checkRegistry;
const isAboutToken = (reason: string): boolean => reason === 'unauthenticated' || reason === 'token-unreadable';

/** Whether the gateway before INFOCET answers, with the token that the service would use. */
export const checkRegistry = async ({ registrySilence }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const reason = await registrySilence?.();
  if (reason === undefined) return [];
  return [
    finding('registry-silent', inBoth.doctor.checkRegistry.gatewayBeforeInfocetDoes({ reason }), isAboutToken(reason) ? token : look),
  ];
};

const mostNamed = 5;

/** Answers of the gateway that were not believed. What it said is not kept, only about which request and what was wrong. */
export const checkRegistryRefused = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const refused = (await kept?.refusedReadings()) ?? [];
  if (refused.length === 0) return [];
  const named = refused.slice(0, mostNamed).map(({ request, field, reason }) => `${request} (${field}: ${reason})`);
  const list = `${named.join(', ')}${refused.length > mostNamed ? ', …' : ''}`;
  return [
    finding(
      'registry-refused',
      inBoth.doctor.checkRegistry.answersGatewayNotBelieved({ refused: refused.length, list }),
      inBoth.doctor.checkRegistry.correctRequestInfocetStaff,
    ),
  ];
};
