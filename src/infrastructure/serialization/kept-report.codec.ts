import type { KeptReport } from '../web/registry/reports/kept-report';

// Written by this build or an older one into a row of ours, sealed: the shape is ours too.
export const reportText = (report: KeptReport): string => JSON.stringify(report);
export const reportOf = (text: string): KeptReport => JSON.parse(text) as KeptReport;
