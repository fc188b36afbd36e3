#!/usr/bin/env node
import { runCommandLine } from './infrastructure/tools/command-line/command-line';

const { stdout, stderr, env, argv } = process;

// A reader that went away early (`tichet export | head`) is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void runCommandLine(argv.slice(2), { stdout, stderr, env }).then((exitCode) => {
  process.exitCode = exitCode;
});
