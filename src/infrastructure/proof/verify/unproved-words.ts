import type { Proved } from '../ticket-proof';

/** Why there is no proof of a ticket. */
export const unprovedWords = (unproved: Exclude<Proved, { readonly kind: 'proved' }>): { readonly ro: string; readonly en: string } => {
  switch (unproved.kind) {
    case 'not-sealed':
      return {
        ro: 'Jurnalul acestei instalări nu este sigilat, deci nu există dovadă.',
        en: 'The log of this installation is not sealed, so there is no proof.',
      };
    case 'not-yet':
      return {
        ro: 'Evenimentele tichetului nu sunt încă sigilate: sigiliul vine în cel mult un minut. Încercați din nou.',
        en: 'The events of the ticket are not sealed yet: the seal comes within a minute. Try again.',
      };
    case 'unreadable':
      return {
        ro: 'Sigiliile jurnalului nu pot fi citite: arborele păstrat lângă jurnal are o lipsă, sau sigiliul nu este al nostru. Rulați tichet verify.',
        en: 'The seals of the log cannot be read: the tree kept beside the log has a hole, or the checkpoint is not ours. Run tichet verify.',
      };
    case 'differs': {
      const { eventId } = unproved;
      return eventId === undefined
        ? {
            ro: 'Din istoria tichetului lipsește un eveniment. Rulați tichet verify.',
            en: 'An event of the ticket’s history is missing. Run tichet verify.',
          }
        : {
            ro: `Evenimentul ${eventId} nu este cel care a fost sigilat. Rulați tichet verify.`,
            en: `Event ${eventId} is not the one that was sealed. Run tichet verify.`,
          };
    }
  }
};
