#!/usr/bin/env node
import { commandLine } from './infrastructure/tools/command-line/command-line';

void commandLine();
