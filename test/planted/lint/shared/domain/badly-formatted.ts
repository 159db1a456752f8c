// expect: format
export const   weeks = 'six'
