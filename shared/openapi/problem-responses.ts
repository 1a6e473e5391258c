/** What every operation can answer besides its success. */
export const PROBLEM_RESPONSES = {
  '4XX': { $ref: '#/components/responses/Problem' },
  '5XX': { $ref: '#/components/responses/Problem' },
} as const;
