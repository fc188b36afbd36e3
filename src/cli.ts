#!/usr/bin/env node
import { keepCompiledModules } from './infrastructure/runtime/compile-cache';

keepCompiledModules(process.env);
// loaded after that
void import('./infrastructure/tools/command-line/command-line.js').then(({ commandLine }) => commandLine());
