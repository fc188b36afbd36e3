import type { BothLanguages } from '../../phrasing/problems/catalogue';

/** What a citizen is told while the document system cannot say: the truth, and that nothing of theirs is lost. */
export const registerAway: BothLanguages = {
  ro: 'Sistemul de documente al Primăriei nu răspunde acum, așa că nu putem verifica cererea. Nu s-a înregistrat nimic; încercați din nou peste câteva minute.',
  en: 'City Hall’s document system does not answer now, so the request cannot be checked. Nothing was recorded; please try again in a few minutes.',
};

/** A gateway is not mended within a second, and mostly is within a few minutes. */
export const registerAwaySeconds = 60;
