/** Version of this package, sent with every request to the desk. A test holds it to package.json. */
export const sdkVersion = '0.1.0'
