import { describe, expect, test } from 'bun:test'
import { mayRedirect, redirectProblem } from '#src/identity/clients/redirects.ts'

describe('an address may be registered for answers', () => {
  test.each([
    'https://app.example/callback',
    'https://app.example',
    'https://app.example:8443/cb?tenant=1&x=%2F',
    'https://xn--bcher-kva.example/cb',
    'https://claude.ai/api/mcp/auth_callback',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:33418/',
    'http://localhost:1234',
    'http://[::1]:5000/cb',
    'com.example.app:/oauth2redirect',
    'com.example.app://callback',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'vscode://publisher.extension/callback',
    'vscode-insiders://publisher.extension/callback',
    'claude://oauth',
    'windsurf://oauth/callback',
  ])('%s', (uri) => {
    expect(redirectProblem(uri)).toBeNull()
  })
})

describe('an address may not be registered', () => {
  test.each([
    '',
    'callback',
    '/callback',
    '//app.example/cb',
    'https:',
    'https://',
    'https:app.example/cb',
    'https:///app.example/cb',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\tscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'file:///etc/passwd',
    'blob:https://app.example/1',
    'vbscript:x',
    'about:blank',
    'ftp://app.example/',
    'ws://app.example/',
    'wss://app.example/',
    'view-source:https://app.example/',
    'intent://app.example/#Intent;end',
    'urn:ietf:wg:oauth:2.0:oob',
    'myapp://callback',
    'mailto:ana@fjord.example',
    'tel:1',
    'http://app.example/cb',
    'http://localhost.app.example/cb',
    'http://127.0.0.1.app.example/cb',
    'http://127.0.0.2/cb',
    'http://127.1/cb',
    'http://2130706433/cb',
    'http://0x7f.0.0.1/cb',
    'http://0177.0.0.1/cb',
    'http://127.0.0.1./cb',
    'http://0.0.0.0/cb',
    'http://[::]/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'http://[0:0:0:0:0:0:0:1]/cb',
    'http://192.168.0.1/cb',
    'http://LOCALHOST/cb',
    'http://localhost@app.example/cb',
    'http://localhost:pw@app.example/cb',
    'https://user@app.example/cb',
    'https://user:secret@app.example/cb',
    'https://@app.example/cb',
    'https://:@app.example/cb',
    'https://app.example/cb#fragment',
    'https://app.example/cb#',
    'com.example.app:/cb#x',
    'https://app.example\\@evil.example/cb',
    'https:\\\\app.example\\cb',
    'https://app.example/a/../cb',
    'https://app.example/a/%2e%2E/cb',
    'https://app.example/./cb',
    'https://APP.example/cb',
    'HTTPS://app.example/cb',
    'https://app.example:443/cb',
    'https://app.example:99999/cb',
    'https://app.ex%61mple/cb',
    'https://bücher.example/cb',
    'https://app。example/cb',
    'https://app.example/c b',
    'https://app.example/cb\n',
    'https://app.example/\r\nset-cookie:x',
    'https://app.example/\u0000',
    'https://app.example/\u202ecb',
    'https://*/cb',
    'https://*.app.example/cb ',
    'https://app.example,evil.example/cb;',
    'https://app.example /cb',
    '.com:/cb',
    'com..app:/cb',
    '1com.app:/cb',
  ])('%j', (uri) => {
    expect(redirectProblem(uri)).toBeString()
  })
})

describe('a client is answered', () => {
  const client = {
    redirectUris: [
      'https://app.example/cb?a=1',
      'http://127.0.0.1/cb',
      'http://localhost:4000/cb?x=1',
      'http://[::1]',
      'com.example.app:/cb',
    ],
  }

  test.each([
    'https://app.example/cb?a=1',
    'http://127.0.0.1/cb',
    'http://127.0.0.1:1/cb',
    'http://127.0.0.1:65535/cb',
    'http://localhost/cb?x=1',
    'http://localhost:5000/cb?x=1',
    'http://[::1]:9000',
    'com.example.app:/cb',
  ])('at %s', (uri) => {
    expect(mayRedirect(client, uri)).toBeTrue()
  })

  test.each([
    'https://app.example/cb',
    'https://app.example/cb?a=1&b=2',
    'https://app.example/cb?a=1#f',
    'https://app.example/cb?a=1/',
    'https://app.example:8443/cb?a=1',
    'https://app.example:443/cb?a=1',
    'https://APP.example/cb?a=1',
    'http://app.example/cb?a=1',
    'http://127.0.0.1/cb/',
    'http://127.0.0.1/CB',
    'http://127.0.0.1/cb?x',
    'http://127.0.0.1/cb#x',
    'https://127.0.0.1/cb',
    'http://localhost/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:1e3/cb',
    'http://127.0.0.1:80@evil.example/cb',
    'http://127.0.0.1:8000.evil.example/cb',
    'http://127.0.0.1@evil.example/cb',
    'http://127.0.0.1.evil.example/cb',
    'http://127.0.0.2/cb',
    'http://[::1]/',
    'http://[::1]:9000/',
    'com.example.app:8000/cb',
    'com.example.app:/cb/..',
    '',
  ])('not at %j', (uri) => {
    expect(mayRedirect(client, uri)).toBeFalse()
  })
})
