#!/usr/bin/env node
import { commandLine } from 'tichet-albastru';
import { handledRequests } from './handled-requests';

/** `tichet` with this table: `projections list` and `rebuild`, `doctor`, `drill`, and `serve`. */
void commandLine({ projections: [handledRequests] });
