/** As many choices as one request carries; more of one act go in several. */
export const resolutionsAtOnce = 1000;
