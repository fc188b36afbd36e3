import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A file of a tool that is installed apart from the other packages, as only few tests need it. */
export const toolFile = (tool: string, file: string): string => {
  const path = join(__dirname, '../../tools', tool, 'node_modules', file);
  if (!existsSync(path)) throw new Error(`tools/${tool} is not installed. Run: node tools/install.mjs ${tool}`);
  return path;
};

export const requireFile = createRequire(__filename);
