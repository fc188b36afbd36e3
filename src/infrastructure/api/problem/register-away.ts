import type { BothLanguages } from '../../phrasing/problems/catalogue';
import { inBoth } from '../../phrasing/sentences';

/** What a citizen is told while the document system cannot say: the truth, and that nothing of theirs is lost. */
export const registerAway: BothLanguages = inBoth.api.registerAway.registerAway;

/** A gateway is not mended within a second, and mostly is within a few minutes. */
export const registerAwaySeconds = 60;
