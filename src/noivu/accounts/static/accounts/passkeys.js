/* Passkeys: what this browser cannot do is not offered, and a failed attempt is said in words. */
(function () {
  const show = (selector) => document.querySelectorAll(selector).forEach((part) => { part.hidden = false })
  document.addEventListener('DOMContentLoaded', () => show(window.PublicKeyCredential ? '[data-passkey]' : '[data-no-passkey]'))
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    show('[data-passkey-failed]')
  })
})()
