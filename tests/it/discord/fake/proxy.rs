//! The way of the release binary to this Discord: a proxy that speaks TLS as discord.com, with a certificate that the
//! binary is told to trust. Whoever asks it for another host fails the test.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::{BasicConstraints, ExtendedKeyUsage, SubjectAlternativeName};
use openssl::x509::{X509, X509NameBuilder};
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_native_tls::native_tls;

use super::server::{Shared, send_at_once};
use super::state::State;
use super::{Discord, rest};

/// The only host there is.
const HOST: &str = "discord.com";

/// A proxy that lasts as long as its Discord.
pub struct Proxy {
    address: SocketAddr,
    authority: NamedTempFile,
}

impl Proxy {
    /// The variables that lead a process here: the proxy, whom to trust, and nothing that leads around it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let proxy = format!("http://{}", self.address);
        let authority = self.authority.path().to_str().expect("a path in UTF-8").to_owned();
        vec![
            ("HTTPS_PROXY", proxy.clone()),
            ("https_proxy", proxy),
            ("NO_PROXY", String::new()),
            ("no_proxy", String::new()),
            ("SSL_CERT_FILE", authority),
        ]
    }
}

impl Discord {
    /// Starts a proxy to this Discord.
    pub fn proxy(&self) -> Proxy {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port on loopback");
        listener.set_nonblocking(true).expect("a socket without blocking");
        let address = listener.local_addr().expect("an address");
        let (authority, identity) = certificates().expect("certificates");
        let acceptor = native_tls::TlsAcceptor::new(identity).expect("an acceptor");
        let server = Shared::clone(&self.server);
        self.runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).expect("a listener");
            let acceptor = tokio_native_tls::TlsAcceptor::from(acceptor);
            while let Ok((stream, _)) = listener.accept().await {
                send_at_once(&stream);
                tokio::spawn(serve(Shared::clone(&server), stream, acceptor.clone()));
            }
        });
        let mut file = NamedTempFile::new().expect("a temporary file");
        file.write_all(&authority).expect("a certificate on the disk");
        Proxy { address, authority: file }
    }
}

/// Leads one connection on, if it is to [`HOST`].
async fn serve(server: Shared, mut stream: TcpStream, acceptor: tokio_native_tls::TlsAcceptor) {
    let Some(target) = target(&mut stream).await else { return };
    if target != format!("{HOST}:443") {
        server.with(|state| state.mistake(format!("the bot wants to speak with {target}, not only with {HOST}")));
        return;
    }
    if server.with(State::turns_away) {
        return;
    }
    if stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.is_err() {
        return;
    }
    match acceptor.accept(stream).await {
        Ok(stream) => rest::serve(server, stream).await,
        Err(error) => server.with(|state| state.mistake(format!("the bot did not agree on TLS: {error}"))),
    }
}

/// Where a client wants to be led, from the head of its CONNECT request.
async fn target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let target = head.strip_prefix("CONNECT ")?.split(' ').next()?;
    Some(target.to_owned())
}

/// The certificate of an authority as PEM, and a server's identity that it vouches for.
fn certificates() -> Result<(Vec<u8>, native_tls::Identity), ErrorStack> {
    let authority_key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let authority = certificate("A test's authority", &authority_key, None)?;
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let own = certificate(HOST, &key, Some((&authority, &authority_key)))?;
    let identity = native_tls::Identity::from_pkcs8(&own.to_pem()?, &key.private_key_to_pem_pkcs8()?);
    Ok((authority.to_pem()?, identity.expect("a certificate and its key")))
}

/// A certificate for `name`: an authority's that vouches for itself, or a server's.
fn certificate(name: &str, key: &PKey<Private>, by: Option<(&X509, &PKey<Private>)>) -> Result<X509, ErrorStack> {
    let mut subject = X509NameBuilder::new()?;
    subject.append_entry_by_text("CN", name)?;
    let subject = subject.build();
    let mut certificate = X509::builder()?;
    certificate.set_version(2)?;
    let serial = BigNum::from_u32(if by.is_some() { 2 } else { 1 })?.to_asn1_integer()?;
    certificate.set_serial_number(&serial)?;
    certificate.set_subject_name(&subject)?;
    certificate.set_issuer_name(by.map_or(&*subject, |(issuer, _)| issuer.subject_name()))?;
    let (begin, end) = (Asn1Time::from_unix(0)?, Asn1Time::days_from_now(365)?);
    certificate.set_not_before(&begin)?;
    certificate.set_not_after(&end)?;
    certificate.set_pubkey(key)?;
    let mut constraints = BasicConstraints::new();
    constraints.critical();
    if by.is_none() {
        constraints.ca();
    } else {
        let usage = ExtendedKeyUsage::new().server_auth().build()?;
        certificate.append_extension(usage)?;
        let names = SubjectAlternativeName::new().dns(name).build(&certificate.x509v3_context(None, None))?;
        certificate.append_extension(names)?;
    }
    certificate.append_extension(constraints.build()?)?;
    certificate.sign(by.map_or(key, |(_, key)| key), MessageDigest::sha256())?;
    Ok(certificate.build())
}
