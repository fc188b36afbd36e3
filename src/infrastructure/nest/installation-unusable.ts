import { SaidError } from '../phrasing/sentences';

/** What is kept there must not be served as the settings say: it is of a trial or of production, or its keys are missing. */
export class InstallationUnusable extends SaidError {
  override readonly name = 'InstallationUnusable';
}
