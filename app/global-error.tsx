"use client";

const words = {
  en: {
    title: "Something went wrong on our side",
    text: "Nothing you saved is lost. Reload the page; if it keeps happening, tell your administrator.",
    reload: "Reload",
  },
  pt: {
    title: "Algo deu errado do nosso lado",
    text: "Nada do que você salvou se perdeu. Recarregue a página; se continuar acontecendo, avise o administrador.",
    reload: "Recarregar",
  },
};

/** Stands in when the layout itself failed, so it has neither theme nor texts to lean on. */
export default function GlobalError() {
  const portuguese = typeof navigator !== "undefined" && navigator.language.toLowerCase().startsWith("pt");
  const { title, text, reload } = portuguese ? words.pt : words.en;
  return (
    <html lang={portuguese ? "pt-BR" : "en"}>
      <body style={{ fontFamily: "system-ui, sans-serif", maxWidth: 480, margin: "20vh auto", padding: 24 }}>
        <h1 style={{ fontSize: 22 }}>{title}</h1>
        <p>{text}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {reload}
        </button>
      </body>
    </html>
  );
}
