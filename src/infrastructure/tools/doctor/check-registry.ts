import { finding, type Finding, type Words } from './finding';
import type { Patient } from './patient';

const look: Words = {
  ro: 'Verificați poarta și TICHET_REGISTRY_URL; până răspunde, cetățenii află că cererea nu poate fi verificată, iar rezoluțiile așteaptă.',
  en: 'Check the gateway and TICHET_REGISTRY_URL; until it answers, citizens are told that requests cannot be checked, and resolutions wait.',
};
const token: Words = {
  ro: 'Puneți în TICHET_REGISTRY_TOKEN_FILE codul de acces dat de poartă; nu este nevoie de repornire.',
  en: 'Put the access token that the gateway issued into TICHET_REGISTRY_TOKEN_FILE; no restart is needed.',
};
const isAboutToken = (reason: string): boolean => reason === 'unauthenticated' || reason === 'token-unreadable';

/** Whether the gateway before INFOCET answers, with the token that the service would use. */
export const checkRegistry = async ({ registrySilence }: Patient): Promise<readonly Finding[]> => {
  const reason = await registrySilence?.();
  if (reason === undefined) return [];
  const remedy = isAboutToken(reason) ? token : look;
  return [
    finding(
      'registry-silent',
      [`Poarta către INFOCET nu răspunde: ${reason}.`, `The gateway before INFOCET does not answer: ${reason}.`],
      [remedy.ro, remedy.en],
    ),
  ];
};

const mostNamed = 5;

/** Answers of the gateway that were not believed. What it said is not kept, only about which request and what was wrong. */
export const checkRegistryRefused = async ({ kept }: Patient): Promise<readonly Finding[]> => {
  const refused = (await kept?.refusedReadings()) ?? [];
  if (refused.length === 0) return [];
  const named = refused.slice(0, mostNamed).map(({ request, field, reason }) => `${request} (${field}: ${reason})`);
  const list = `${named.join(', ')}${refused.length > mostNamed ? ', …' : ''}`;
  return [
    finding(
      'registry-refused',
      [
        `Răspunsuri ale porții care nu au fost crezute: ${refused.length}: ${list}.`,
        `Answers of the gateway that were not believed: ${refused.length}: ${list}.`,
      ],
      [
        'Corectați cererea în INFOCET sau lista de personal (unknown-staff); nota dispare la prima citire bună.',
        'Correct the request in INFOCET, or the staff directory (unknown-staff); the note goes with the first good reading.',
      ],
    ),
  ];
};
